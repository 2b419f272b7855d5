package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.admission.Keys;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.registry.RegistryOptions;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a plugin was granted is its own, and not its name's. */
final class GrantOwnersTest extends KernelTest {
    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withDataFolder(folder.resolve("data"));
    }

    private Path jar(String version, String signer, String also) throws Exception {
        PluginJar jar = PluginJar.of("news")
                .version(version)
                .permission("event-publish:news.*")
                .file("more.txt", also);
        Path made = Files.createDirectories(folder.resolve(version + signer + also));
        return signer.isEmpty() ? jar.in(made) : Keys.signed(jar.in(made), signer);
    }

    private void install(Path jar) throws Exception {
        await(kernel.install(ArtifactSource.path(jar)));
    }

    private void granted() throws Exception {
        for (String rule : List.of("event-publish:news.*", "!event-publish:news.first")) {
            await(kernel.control()
                    .invoke(
                            Caller.OPERATOR,
                            "grants",
                            "add",
                            new JsonObject().put("id", "news").put("permission", rule)));
        }
    }

    private List<String> grants() {
        return kernel.grants().grants(Caller.plugin(new PluginId("news"))).stream()
                .map(grant -> grant.rule().toString())
                .toList();
    }

    private static final List<String> ALL = List.of("event-publish:news.*", "!event-publish:news.first");
    private static final List<String> DENIED = List.of("!event-publish:news.first");

    private void restart() throws Exception {
        await(closed());
        kernel = await(Kernel.create(vertx, options()));
    }

    @Test
    void ofAnUnsignedPluginTheyBelongToItsBytes() throws Exception {
        Path one = jar("1.0.0", "", "a");
        install(one);
        granted();
        await(kernel.remove("news"));
        install(one);
        assertEquals(ALL, grants());
        await(kernel.remove("news"));
        install(jar("1.0.0", "", "b"));
        assertEquals(DENIED, grants());
        restart();
        assertEquals(DENIED, grants());
    }

    @Test
    void aVersionBesideAnInstalledOneHasThemToo() throws Exception {
        install(jar("1.0.0", "", "a"));
        granted();
        Path next = jar("1.1.0", "", "b");
        install(next);
        assertEquals(ALL, grants());
        await(kernel.remove("news"));
        install(next);
        assertEquals(ALL, grants());
    }

    @Test
    void ofASignedPluginTheyBelongToItsSigner() throws Exception {
        install(jar("1.0.0", "ada", "a"));
        granted();
        await(kernel.remove("news"));
        install(jar("2.0.0", "ada", "b"));
        assertEquals(ALL, grants());
        restart();
        assertEquals(ALL, grants());
        await(kernel.remove("news"));
        install(jar("2.1.0", "bob", "c"));
        assertEquals(DENIED, grants());
    }

    @Test
    void besideASignedOneNobodyElsesIsInstalled() throws Exception {
        install(jar("1.0.0", "ada", "a"));
        granted();
        for (String other : List.of("", "bob")) {
            Path jar = jar("1.1.0", other, "b");
            PluginException refused = failure(kernel.install(ArtifactSource.path(jar)));
            assertEquals("DP-0947", refused.code());
            assertTrue(refused.getMessage().contains("that is signed by CN=ada (signer:"), refused.getMessage());
        }
        assertEquals(ALL, grants());
        install(jar("1.1.0", "ada", "b"));
        assertEquals(ALL, grants());
    }

    @Test
    void whatWasExchangedWhileTheNodeWasDownIsFoundWhenItStarts() throws Exception {
        install(jar("1.0.0", "ada", "a"));
        granted();
        await(closed());
        PluginRegistry offline = PluginRegistry.open(RegistryOptions.in(folder.resolve("data")));
        offline.remove(offline.require("news").key());
        offline.install(ArtifactSource.path(jar("1.0.0", "bob", "a")));
        kernel = await(Kernel.create(vertx, options()));
        assertEquals(DENIED, grants());
    }

    @Test
    void whatIsGrantedBeforeAnInstallationWaitsForIt() throws Exception {
        granted();
        install(jar("1.0.0", "", "a"));
        assertEquals(ALL, grants());
    }
}
