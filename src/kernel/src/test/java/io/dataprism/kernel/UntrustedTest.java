package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.admission.Keys;
import io.dataprism.kernel.admission.Unsigned;
import io.dataprism.kernel.admission.Untrusted;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.manifest.Sha256;
import io.dataprism.kernel.process.wall.Enclosure;
import io.dataprism.kernel.process.wall.WallLevel;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sandboxed node in this JVM, which has no agent: a plugin for which nobody vouches is not started, one for which somebody does is. */
final class UntrustedTest extends KernelTest {
    /** What the test's own code in the plugin calls. */
    private static final String NOTING = "system-properties";

    private static final String VOUCHING =
            "plugins for which nobody vouches run with both layers of the sandbox, or not at all";

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT
                .withSandboxed(true)
                .withDataFolder(folder.resolve("data"))
                .withIntervals(Duration.ofMillis(50), Duration.ofMillis(200));
    }

    @BeforeEach
    void grantWhatItNeedsToRun() {
        for (String plugin : List.of("news", "reader")) {
            kernel.grants().grant(new PluginId(plugin), NOTING, "host", "");
        }
    }

    private static PluginJar news(String version) {
        return PluginJar.of("news")
                .version(version)
                .permission(NOTING)
                .capability("version", "return Future.succeededFuture(\"" + version + "\");");
    }

    private String version() throws Exception {
        return await(kernel.call("news", "version", null));
    }

    private JsonObject told() throws Exception {
        return await(kernel.control().invoke(Caller.OPERATOR, "plugins", "info", new JsonObject().put("id", "news")));
    }

    private void untrusted(Untrusted policy) throws Exception {
        await(kernel.admission(AdmissionOptions.DEFAULT.withUntrusted(policy)));
    }

    private HostPromise promise() {
        return kernel.promises().stream()
                .filter(promise -> promise.name().equals(VOUCHING))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isNotStartedAndToldWhatToDo() throws Exception {
        Path jar = news("1.0.0").in(folder);
        String expected =
                "Plugin 'news' 1.0.0 does not start: nobody vouches for it, and this node's sandbox has one of its two layers only."
                        + " The JVM was started without the agent (-javaagent:dataprism-agent.jar; the launcher gives it unless told --no-agent)."
                        + " What was granted for a way around the checks in its own classes, as reflection or class-loading are, leads past them."
                        + " Expected one of these:\n"
                        + "  both layers: ./dataprism run without --no-agent, or java -javaagent:dataprism-agent.jar\n"
                        + "  a signature of one of 'trusted-signers' in the section 'admission'\n"
                        + "  its very bytes, named in its section of the configuration:  sha256: " + Sha256.of(jar)
                        + "\n"
                        + "  the word that such plugins run all the same:  untrusted: allow  in the section 'admission'"
                        + " (embedding: AdmissionOptions.withUntrusted)";
        var failure = failure(kernel.load(ArtifactSource.path(jar), LoadOptions.DEFAULT));
        assertEquals("DP-0950", failure.code());
        assertEquals(expected, String.valueOf(failure.getMessage()).replace(System.lineSeparator(), "\n"));
        assertFalse(kernel.plugin("news").orElseThrow().state().isActive());
        assertEquals("no: nobody vouches for it", told().getString("trusted"));
        assertTrue(told().getString("waiting").startsWith("Plugin 'news' 1.0.0 does not start: nobody vouches"));
        assertTrue(promise().kept());
    }

    @Test
    void aProcessOfItsOwnNeedsAWallInPlaceOfTheAgent() throws Exception {
        assumeTrue(
                Enclosure.in(folder).level() != WallLevel.NONE,
                "no wall holds on this machine, so that this is refused, which EnclosureTest shows");
        PluginJar jar = PluginJar.of("news")
                .yaml("isolation: process")
                .capability("version", "return Future.succeededFuture(\"1\");");
        assertEquals(PluginState.RUNNING, load(jar).state());
        assertEquals("1", version());
        assertEquals("no: nobody vouches for it", told().getString("trusted"));
        assertTrue(told().getString("wall").contains("held against everything"), told()::encode);
        assertTrue(kernel.promises().stream()
                .filter(promise -> promise.name().startsWith("a plugin in a process of its own"))
                .findFirst()
                .orElseThrow()
                .kept());
    }

    @Test
    void startsWhereItsVeryBytesAreNamed() throws Exception {
        Path jar = news("1.0.0").in(folder);
        assertEquals(
                "DP-0950",
                failure(kernel.load(ArtifactSource.path(jar), LoadOptions.DEFAULT))
                        .code());
        await(kernel.load(ArtifactSource.parse(jar.toString(), Sha256.of(jar)), LoadOptions.DEFAULT));
        assertEquals("1.0.0", version());
        assertEquals("yes: its SHA-256 is named", told().getString("trusted"));
        Path next = news("1.1.0").in(folder);
        assertEquals(
                "DP-0950",
                failure(kernel.reload("news", ArtifactSource.path(next))).code(),
                "the bytes of another version");
        assertEquals("1.0.0", version(), "what ran runs on");
    }

    @Test
    void aHashInTheConfigurationIsSaidAnewAtEachStart() throws Exception {
        Path jar = news("1.0.0").in(folder);
        JsonObject plugin = new JsonObject().put("source", jar.toString()).put("sha256", Sha256.of(jar));
        DesiredState desired = DesiredState.fromJson(new JsonObject().put("news", plugin));
        await(kernel.apply(desired));
        assertEquals(PluginState.RUNNING, state("news"));
        await(closed());
        kernel = await(Kernel.create(vertx, options()));
        grantWhatItNeedsToRun();
        assertEquals("DP-0950", failure(kernel.load("news")).code(), "nobody has said it yet");
        await(kernel.apply(desired));
        awaitState("news", PluginState.RUNNING);
    }

    @Test
    void startsWhereSomebodySignedItWhoIsTrusted() throws Exception {
        Path jar = Keys.signed(news("1.0.0").in(folder), "ada");
        assertEquals(
                "DP-0950",
                failure(kernel.load(ArtifactSource.path(jar), LoadOptions.DEFAULT))
                        .code());
        await(kernel.admission(AdmissionOptions.DEFAULT.withSigners(Set.of(Keys.fingerprint("ada")), Unsigned.ALLOW)));
        awaitState("news", PluginState.RUNNING);
        assertEquals("yes: signed by CN=ada, who is trusted", told().getString("trusted"));
    }

    @Test
    void startsWhereItComesWithTheProgram() throws Exception {
        Path jar = news("1.0.0").in(folder);
        await(kernel.load(ArtifactSource.shipped(jar), LoadOptions.DEFAULT));
        assertEquals("yes: it comes with the program", told().getString("trusted"));
    }

    @Test
    void startsWhereItWasGrantedFullTrustThatNothingDenies() throws Exception {
        Path jar = news("1.0.0").permission("process-start").in(folder);
        LoadOptions denied = LoadOptions.DEFAULT.grants("process-start", "!process-start");
        assertEquals(
                "DP-0950",
                failure(kernel.load(ArtifactSource.path(jar), denied)).code());
        JsonObject denial = new JsonObject().put("id", "news").put("permission", "!process-start");
        await(kernel.control().invoke(Caller.OPERATOR, "grants", "revoke", denial));
        awaitState("news", PluginState.RUNNING);
        assertEquals("yes: 'process-start' was granted, which is full trust", told().getString("trusted"));
    }

    @Test
    void runsAllTheSameWhereThePolicySaysSoAndStopsWhenItNoLongerDoes() throws Exception {
        install(news("1.0.0"));
        untrusted(Untrusted.ALLOW);
        await(kernel.load("news"));
        assertFalse(promise().kept());
        assertTrue(promise().reason().contains("untrusted: allow"), promise().reason());
        untrusted(Untrusted.REFUSE);
        soon().until(() -> waiting().isPresent());
        assertTrue(
                waiting().orElseThrow().contains("nobody vouches for it"),
                waiting().toString());
        untrusted(Untrusted.ALLOW);
        awaitState("news", PluginState.RUNNING);
    }

    private Optional<String> waiting() {
        return kernel.plugin("news").filter(info -> !info.state().isActive()).flatMap(PluginInfo::waiting);
    }

    @Test
    void whoNeedsItWaitsWithIt() throws Exception {
        install(news("1.0.0"));
        Path reader = PluginJar.of("reader").dependsOn("news", "*").in(folder);
        var failure = failure(kernel.load(ArtifactSource.shipped(reader), LoadOptions.DEFAULT));
        assertTrue(String.valueOf(failure.getMessage()).contains("nobody vouches for it"), failure.getMessage());
    }

    /** Whoever leaves the sandbox off has decided that, and there is nothing that a missing layer would make weaker. */
    @Test
    void startsWhereNothingIsSandboxed() throws Exception {
        await(closed());
        kernel = await(Kernel.create(vertx, options().withSandboxed(false)));
        install(news("1.0.0"));
        await(kernel.load("news"));
        assertEquals("1.0.0", version());
        assertFalse(promise().kept());
    }
}
