package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LifecycleFailureTest extends KernelTest {
    private Set<String> deployed = Set.of();

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withSteps(StepDeadlines.each(Duration.ofMillis(600)));
    }

    @BeforeEach
    void loadANeighbour() throws Exception {
        load(PluginJar.of("neighbour").capability("ping", "return Future.succeededFuture(\"pong\");"));
        PluginJar.notes().clear();
        deployed = vertx.deploymentIDs();
    }

    /** Whatever failed, the neighbour runs on. */
    @AfterEach
    void theNeighbourStillAnswers() throws Exception {
        assertEquals("pong", await(kernel.<String>call("neighbour", "ping", null)));
    }

    /** @param text all that is said */
    private void failsWith(PluginJar jar, String code, String step, String text) throws Exception {
        failsWith(install(jar).id().value(), code, step, text);
    }

    private void failsWith(String id, String code, String step, String text) throws Exception {
        PluginException failure = failure(kernel.load(id));
        assertEquals(code, failure.code(), failure.getMessage());
        assertEquals(text, failure.getMessage());
        PluginInfo info = kernel.plugin(id).orElseThrow();
        assertEquals(PluginState.ERROR, info.state());
        assertEquals(
                new PluginFailure(code, failure.getMessage(), step),
                info.failure().orElseThrow());
        assertEquals(deployed, vertx.deploymentIDs());
    }

    @Test
    void aClassThatIsMissing() {
        PluginJar jar = PluginJar.of("bad").main("Nowhere");
        assertEquals(
                "DP-0227",
                failure(kernel.install(ArtifactSource.path(jar.in(folder)))).code());
    }

    @Test
    void aClassThatIsBroken() throws Exception {
        PluginJar broken = PluginJar.of("bad").main("Broken").file("test/bad/Broken.class", "no class at all");
        // The scan, which what ships is not put to, would have refused it.
        await(kernel.install(ArtifactSource.shipped(broken.in(folder))));
        failsWith(
                "bad",
                "DP-0810",
                "load",
                "Plugin 'bad' 1.0.0 cannot load its class test.bad.Broken, which 'main' in plugin.yaml names: java.lang.ClassFormatError: Incompatible magic value 1852776547 in class file test/bad/Broken. Correct 'main', or build the class into the jar.");
    }

    @Test
    void aClassThatIsNoPlugin() throws Exception {
        failsWith(
                PluginJar.of("bad").source("package test.bad; public class Main {}"),
                "DP-0811",
                "load",
                "Plugin 'bad' 1.0.0 cannot be made: test.bad.Main does not implement io.dataprism.api.Plugin. Implement it, or name the class that does as 'main' in plugin.yaml.");
    }

    @Test
    void anAbstractClass() throws Exception {
        failsWith(
                PluginJar.of("bad")
                        .source("package test.bad; public abstract class Main implements io.dataprism.api.Plugin {}"),
                "DP-0812",
                "load",
                "Plugin 'bad' 1.0.0 cannot be made: test.bad.Main is abstract, but must be a public class that is not abstract.");
    }

    @Test
    void aConstructorWithParameters() throws Exception {
        failsWith(
                PluginJar.of("bad")
                        .source(
                                "package test.bad; public class Main implements io.dataprism.api.Plugin { public Main(int x) {} }"),
                "DP-0812",
                "load",
                "Plugin 'bad' 1.0.0 cannot be made: test.bad.Main has no public constructor without parameters. Add one.");
    }

    @Test
    void aConstructorThatThrows() throws Exception {
        failsWith(
                PluginJar.of("bad").does("constructor", "if (true) throw new IllegalStateException(\"no disk\");"),
                "DP-0813",
                "load",
                "Plugin 'bad' 1.0.0 could not be made: the constructor of test.bad.Main threw java.lang.IllegalStateException: no disk. Do in initialize what may fail.");
    }

    @Test
    void aStaticInitialiserThatThrows() throws Exception {
        failsWith(
                PluginJar.of("bad").members("static final int X = Integer.parseInt(\"x\");"),
                "DP-0813",
                "load",
                "Plugin 'bad' 1.0.0 could not be made: the constructor of test.bad.Main threw java.lang.NumberFormatException: For input string: \"x\". Do in initialize what may fail.");
    }

    @Test
    void aCapabilityThatIsDeclaredAndNotOffered() throws Exception {
        failsWith(
                PluginJar.of("bad").declares("forecast"),
                "DP-0836",
                "capabilities",
                "Plugin 'bad' 1.0.0 does not offer the capabilities [forecast], which its manifest declares. Offer them in capabilities(), or take them out of 'capabilities' in plugin.yaml.");
    }

    @Test
    void aCategoryWhoseInterfaceIsNotImplemented() throws Exception {
        failsWith(
                PluginJar.of("bad").category("processing"),
                "DP-0836",
                "capabilities",
                "Plugin 'bad' 1.0.0 does not offer the capabilities [analyze, transform, validate], which its manifest declares, [analyze, transform, validate] by its category. Implement DataProcessingPlugin, and where the class overrides capabilities(), add to those of the interface; or choose another category in plugin.yaml.");
    }

    @Test
    void aStepThatThrows() throws Exception {
        failsWith(
                PluginJar.of("bad").does("initialize", "throw new IllegalStateException(\"no url\");"),
                "DP-0814",
                "initialize",
                "Plugin 'bad' 1.0.0 failed in initialize: java.lang.IllegalStateException: no url (See the stack trace in the log, then reload it.)");
        assertEquals(List.of("bad:construct", "bad:initialize"), notes());
    }

    @Test
    void aStepWhoseFutureFails() throws Exception {
        failsWith(
                PluginJar.of("bad").does("start", "return Future.failedFuture(\"no url\");"),
                "DP-0814",
                "start",
                "Plugin 'bad' 1.0.0 failed in start: no url (Reload it when that is mended.)");
        assertEquals("bad:destroy", notes().get(notes().size() - 1));
        assertFalse(notes().contains("bad:stop"));
    }

    @Test
    void aFailureThatHasACodeSaysByItselfWhatToDo() throws Exception {
        failsWith(
                PluginJar.of("bad")
                        .permission("event-subscribe:other.*")
                        .does("start", "return context.events().subscribe(\"other.*\", event -> {}).mapEmpty();"),
                "DP-0814",
                "start",
                "Plugin 'bad' 1.0.0 failed in start: DP-0501 Plugin 'bad' 1.0.0 may not use 'event-subscribe:other.*': it was not"
                        + " granted. It would let it hear what others publish (danger: moderate). Grant it with "
                        + " ./dataprism grants add bad 'event-subscribe:other.*'  or add  - 'event-subscribe:other.*'  under "
                        + " plugins.bad.grants  in conf/kernel.yaml. It was asked for at test.bad.Main.start (Main.java:27).");
    }

    @Test
    void anError() throws Exception {
        failsWith(
                PluginJar.of("bad").does("start", "throw new AssertionError(\"impossible\");"),
                "DP-0814",
                "start",
                "Plugin 'bad' 1.0.0 failed in start: java.lang.AssertionError: impossible (See the stack trace in the log, then reload it.)");
    }

    @Test
    void endlessRecursion() throws Exception {
        failsWith(
                PluginJar.of("bad")
                        .members("int deep(int n) { return deep(n + 1) + 1; }")
                        .does("start", "deep(0); return null;"),
                "DP-0814",
                "start",
                "Plugin 'bad' 1.0.0 failed in start: its stack overflowed, most likely by endless recursion. See the stack trace in the log.");
    }

    @Test
    void aStepThatReturnsNull() throws Exception {
        failsWith(
                PluginJar.of("bad").does("initialize", "return null;"),
                "DP-0816",
                "initialize",
                "Plugin 'bad' 1.0.0 returned null from initialize. Return Future.succeededFuture() where there is nothing to wait for.");
    }

    @Test
    void aStepThatNeverEnds() throws Exception {
        failsWith(
                PluginJar.of("bad").does("initialize", "return Promise.<Void>promise().future();"),
                "DP-0815",
                "initialize",
                "Plugin 'bad' 1.0.0 is late: initialize took longer than 600 ms. Raise node.steps.initialize in the node's configuration if it needs longer, or look for a future that it never completes.");
    }

    @Test
    void aClassOfTheKernel() throws Exception {
        failsWith(
                PluginJar.of("bad").does("start", "return Vertx.vertx().close();"),
                "DP-0818",
                "start",
                "Plugin 'bad' 1.0.0 failed in start: Plugin 'bad@1.0.0' cannot use class io.vertx.core.Vertx: of Vert.x a plugin sees only values and futures (Future, Promise, Buffer, JsonObject, …). Use the PluginContext's facades instead.");
    }

    @Test
    void aCapabilityThatIsNotDeclared() throws Exception {
        failsWith(
                PluginJar.of("bad").undeclared("hidden"),
                "DP-0817",
                "capabilities",
                "Plugin 'bad' 1.0.0 offers the capabilities [hidden], which its manifest does not declare. Add them under 'capabilities' in plugin.yaml.");
    }

    @Test
    void aConfigurationAgainstItsSchema() throws Exception {
        install(PluginJar.of("bad")
                .yaml("configSchema: {type: object, required: [url], properties: {url: {type: string}}}"));
        PluginException failure = failure(kernel.load("bad"));
        assertEquals("DP-0826", failure.code());
        assertTrue(failure.getMessage().contains("url"), failure.getMessage());
    }

    @Test
    void aSchemaWhosePatternOverflowsTheStackFailsTheLoad() throws Exception {
        install(PluginJar.of("bad")
                .yaml("configSchema: {type: object, properties: {url: {type: string, pattern: '^(a|b)*$'}}}"));
        JsonObject config = new JsonObject().put("url", "ab".repeat(200_000));
        PluginException failure =
                failure(kernel.load("bad", new LoadOptions(Optional.of(config), Optional.empty(), List.of())));
        assertEquals("DP-0826", failure.code());
        String told =
                "the pattern '^(a|b)*$' of its schema takes more than a thread's stack on a text of 400000 characters";
        assertTrue(failure.getMessage().contains(told), failure.getMessage());
        assertEquals(PluginState.ERROR, state("bad"));
    }

    @Test
    void aFailingStopStillDestroysAndCleansUp() throws Exception {
        load(PluginJar.of("bad").does("stop", "throw new IllegalStateException(\"busy\");"));
        PluginException failure = failure(kernel.stop("bad"));
        assertEquals("DP-0814", failure.code());
        assertTrue(notes().contains("bad:destroy"));
        assertEquals(PluginState.ERROR, state("bad"));
        await(kernel.start("bad"));
        assertEquals(PluginState.RUNNING, state("bad"));
    }

    @Test
    void aStuckPluginIsQuarantinedAndOthersGoOn() throws Exception {
        load(PluginJar.of("good").capability("ping", "return Future.succeededFuture(\"pong\");"));
        install(PluginJar.of("stuck")
                .does("start", "while (!Thread.currentThread().getName().isEmpty()) {} return null;"));
        PluginException failure = failure(kernel.load("stuck"));
        assertEquals("DP-0819", failure.code());
        assertEquals(PluginState.QUARANTINED, state("stuck"));
        assertEquals("pong", await(kernel.<String>call("good", "ping", null)));
        assertEquals(PluginState.RUNNING, load(PluginJar.of("another")).state());
    }

    @Test
    void aRunningPluginThatGetsStuckIsQuarantined() throws Exception {
        load(PluginJar.of("good").capability("ping", "return Future.succeededFuture(\"pong\");"));
        load(PluginJar.of("stuck")
                .capability("spin", "while (!Thread.currentThread().getName().isEmpty()) {} return null;"));
        kernel.call("stuck", "spin", null);
        awaitState("stuck", PluginState.QUARANTINED);
        assertEquals(
                "DP-0819",
                kernel.plugin("stuck").orElseThrow().failure().orElseThrow().code());
        assertEquals("pong", await(kernel.<String>call("good", "ping", null)));
    }

    @Test
    void blockedCodeIsInterrupted() throws Exception {
        install(
                PluginJar.of("slow")
                        .does(
                                "start",
                                "try { new java.util.concurrent.CountDownLatch(1).await(); }"
                                        + " catch (InterruptedException e) { note(\"interrupted\"); } return Future.succeededFuture();"));
        assertEquals("DP-0815", failure(kernel.load("slow")).code());
        soon().until(() -> notes().contains("slow:interrupted"));
        assertEquals(PluginState.ERROR, state("slow"));
    }

    @Test
    void anUnknownPluginIsNotFoundWithNearNames() throws Exception {
        install(PluginJar.of("charts"));
        PluginException failure = failure(kernel.load("chart"));
        assertEquals("DP-0201", failure.code());
        assertTrue(failure.getMessage().startsWith("Plugin not found: chart"), failure.getMessage());
        assertTrue(failure.getMessage().contains("'charts'"), failure.getMessage());
    }

    @Test
    void anArtifactOfAnotherPlugin() throws Exception {
        load(PluginJar.of("one"));
        PluginException failure = failure(
                kernel.reload("one", ArtifactSource.path(PluginJar.of("two").in(folder))));
        assertEquals("DP-0832", failure.code());
    }

    /** Can be copied so often, and no more. */
    private static final class Fragile extends JsonObject {
        private final AtomicInteger left;

        Fragile(int copies) {
            left = new AtomicInteger(copies);
        }

        @Override
        public JsonObject copy() {
            if (left.getAndDecrement() > 0) {
                return this;
            }
            throw new StackOverflowError("nested too deeply");
        }
    }

    @Test
    void anErrorWhileARequestBeginsIsAnswered() throws Exception {
        install(PluginJar.of("calm"));
        PluginException told = failure(kernel.load("calm", LoadOptions.withConfig(new Fragile(1))));
        assertEquals("DP-0834", told.code());
        assertTrue(told.getMessage().contains("nested too deeply"), told.getMessage());
        await(kernel.load("calm"));
    }

    /** Whoever asks what became of the plugin finds it, and the periodic check counts it. */
    @Test
    void anErrorOfTheKernelsOwnWhileAPluginIsBroughtUpIsSeen() throws Exception {
        install(PluginJar.of("calm"));
        BlockingQueue<Object> failed = new LinkedBlockingQueue<>();
        await(kernel.events()
                .subscribe("kernel.check", event -> failed.add(((JsonObject) event.body()).getValue("failed"))));
        PluginException told = failure(kernel.load("calm", LoadOptions.withConfig(new Fragile(2))));
        assertEquals("DP-0814", told.code(), told.getMessage());
        PluginInfo info = kernel.plugin("calm").orElseThrow();
        assertEquals(Optional.of("DP-0814"), info.failure().map(PluginFailure::code));
        soon().until(() -> Integer.valueOf(1).equals(failed.poll()));
        await(kernel.load("calm", LoadOptions.withConfig(new JsonObject())));
        soon().until(() -> Integer.valueOf(0).equals(failed.poll()));
    }
}
