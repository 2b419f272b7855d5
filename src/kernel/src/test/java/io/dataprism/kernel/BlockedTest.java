package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.admission.ArtifactPattern;
import io.dataprism.kernel.admission.Keys;
import io.dataprism.kernel.admission.Unsigned;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the policy blocks while the node runs is stopped, stays down, and comes back when it is blocked no more. */
final class BlockedTest extends KernelTest {
    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withDataFolder(folder.resolve("data"));
    }

    private void block(String... patterns) throws Exception {
        await(kernel.admission(AdmissionOptions.DEFAULT.withBlocked(
                Stream.of(patterns).map(ArtifactPattern::of).toList())));
    }

    private PluginInfo news() {
        return kernel.plugin("news").orElseThrow();
    }

    private PluginJar news(String version) {
        return PluginJar.of("news")
                .version(version)
                .capability("version", "return Future.succeededFuture(\"" + version + "\");");
    }

    @Test
    void aRunningCopyIsStoppedAndStartsAgainWhenItIsBlockedNoMore() throws Exception {
        await(kernel.load(ArtifactSource.path(Keys.signed(news("1.0.0").in(folder), "ada")), LoadOptions.DEFAULT));
        Queue<JsonObject> heard = new ConcurrentLinkedQueue<>();
        await(kernel.events().subscribe("plugin.news.blocked", event -> heard.add((JsonObject) event.body())));
        block("signer:" + Keys.fingerprint("bob"), "news@>1.0.0");
        assertEquals("1.0.0", await(kernel.call("news", "version", null)));
        block("signer:" + Keys.fingerprint("ada"));
        soon().until(() -> !news().state().isActive() && news().waiting().isPresent());
        assertTrue(news().waiting().orElseThrow().contains("may not run. It is blocked"), news().toString());
        assertEquals("DP-0940", failure(kernel.load("news")).code());
        soon().until(() -> !heard.isEmpty());
        assertEquals("DP-0940", heard.peek().getString("code"));
        block();
        awaitState("news", PluginState.RUNNING);
    }

    @Test
    void anotherVersionThatIsNotBlockedTakesItsPlace() throws Exception {
        install(news("1.0.0"));
        install(news("1.1.0"));
        await(kernel.load("news"));
        assertEquals("1.1.0", await(kernel.call("news", "version", null)));
        block("news@1.1.0");
        soon().until(() -> news().version().equals("1.0.0") && news().state() == PluginState.RUNNING);
        assertEquals("1.0.0", await(kernel.call("news", "version", null)));
    }

    @Test
    void whoDependsOnItIsStoppedWithIt() throws Exception {
        install(news("1.0.0"));
        install(PluginJar.of("reader").dependsOn("news", "*"));
        await(kernel.load("reader"));
        block("news");
        soon().until(() ->
                kernel.plugins().stream().noneMatch(info -> info.state().isActive()));
        block();
        soon().until(() -> kernel.plugins().stream().allMatch(info -> info.state() == PluginState.RUNNING));
    }

    @Test
    void whatIsBlockedFromTheBeginningIsNotStarted() throws Exception {
        install(news("1.0.0"));
        await(closed());
        kernel = await(Kernel.create(
                vertx,
                options().withAdmission(AdmissionOptions.DEFAULT.withBlocked(List.of(ArtifactPattern.of("news"))))));
        assertEquals("DP-0940", failure(kernel.load("news")).code());
        assertEquals(PluginState.INSTALLED, news().state());
    }

    @Test
    void oneThatIsBlockedWhileItStartsIsStopped() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        install(news("1.0.0").does("start", "return context.blocking(() -> { gate(); return null; }).mapEmpty();"));
        Future<PluginInfo> loading = kernel.load("news");
        awaitState("news", PluginState.INITIALIZED);
        block("news");
        gate.countDown();
        soon().until(loading::isComplete);
        soon().until(() -> !news().state().isActive() && news().waiting().isPresent());
    }

    @Test
    void whoSignedItAndWhatItHoldsIsTold() throws Exception {
        Path signed = Keys.signed(
                news("1.0.0")
                        .file(
                                "META-INF/sbom/bom.json",
                                "{\"bomFormat\": \"CycloneDX\", \"components\": [{\"purl\": \"pkg:maven/a.b/c@1\"}]}")
                        .in(folder),
                "ada");
        await(kernel.install(ArtifactSource.path(signed)));
        JsonObject info =
                await(kernel.control().invoke(Caller.OPERATOR, "plugins", "info", new JsonObject().put("id", "news")));
        assertEquals(
                "CN=ada (signer:" + Keys.fingerprint("ada") + ")",
                info.getJsonArray("signers").getString(0));
        assertEquals("a.b:c:1", info.getJsonArray("libraries").getString(0));
        assertEquals(64, info.getString("sha256").length());
        JsonObject review = await(kernel.control()
                .invoke(Caller.OPERATOR, "plugins", "review", new JsonObject().put("source", signed.toString())));
        assertEquals(info.getString("sha256"), review.getString("sha256"));
        assertTrue(review.getBoolean("admitted"));
    }

    @Test
    void whatNobodyTrustedSignedIsStoppedByAPolicyThatRefusesIt() throws Exception {
        await(kernel.load(ArtifactSource.path(Keys.signed(news("1.0.0").in(folder), "ada")), LoadOptions.DEFAULT));
        await(kernel.admission(AdmissionOptions.DEFAULT.withSigners(Set.of(Keys.fingerprint("ada")), Unsigned.REFUSE)));
        assertEquals("1.0.0", await(kernel.call("news", "version", null)));
        await(kernel.admission(AdmissionOptions.DEFAULT.withSigners(Set.of(Keys.fingerprint("bob")), Unsigned.REFUSE)));
        soon().until(() -> !news().state().isActive() && news().waiting().isPresent());
        assertEquals("DP-0936", failure(kernel.load("news")).code());
        block();
        awaitState("news", PluginState.RUNNING);
    }
}
