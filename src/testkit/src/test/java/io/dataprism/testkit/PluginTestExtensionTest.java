package io.dataprism.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs small test classes as a plugin author would write them, and looks at what JUnit says of each. */
class PluginTestExtensionTest {
    /** Where the jar is that the small classes name. */
    private static final String JAR = "target/testkit/greeter-1.0.0.jar";

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private static Path unused;

    @BeforeAll
    static void makeTheJar() {
        Path folder = Path.of("target/testkit");
        Assertions.assertTrue(folder.toFile().isDirectory() || folder.toFile().mkdirs());
        Greeter.jar().writeTo(folder);
    }

    private static Events run(Class<?> type) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(type))
                .execute()
                .testEvents();
    }

    @PluginTest(artifact = JAR, config = "{\"greeting\": \"Good morning\"}")
    static class Good implements PluginContract {
        private TestKernel fromBefore;

        @BeforeEach
        void before(TestKernel kernel) {
            fromBefore = kernel;
        }

        @Override
        public List<Sample> samples() {
            return List.of(new Sample("greet", new JsonObject().put("name", "Ada")));
        }

        @Test
        void greets(PluginUnderTest plugin, TestKernel kernel, Vertx vertx) {
            Assertions.assertSame(kernel, fromBefore);
            Assertions.assertSame(vertx, kernel.vertx());
            Assertions.assertEquals(
                    "Good morning, Ada!",
                    plugin.call("greet", new JsonObject().put("name", "Ada")).getString("text"));
        }

        @Test
        @PluginTest(
                artifact = JAR,
                grants = {})
        void withoutGrants(PluginUnderTest plugin) {
            Assertions.assertEquals(List.of(), plugin.grants());
            plugin.callFailure(FailureKind.DENIED, "greet", new JsonObject().put("name", "Ada"));
        }

        @Test
        @PluginTest(artifact = JAR, load = false)
        void notLoaded(PluginUnderTest plugin) {
            Assertions.assertEquals(Optional.of(PluginState.INSTALLED), plugin.state());
        }
    }

    @Test
    void testsOfAGoodPluginPass() {
        run(Good.class).assertStatistics(counts -> counts.started(9).succeeded(9));
    }

    @PluginTest(artifact = JAR, shared = true)
    static class Shared {
        private static TestKernel fromBefore;

        @BeforeAll
        static void before(TestKernel kernel, PluginUnderTest plugin) {
            fromBefore = kernel;
            plugin.call("greet", new JsonObject().put("name", "Ada"));
        }

        @Test
        void one(PluginUnderTest plugin, TestKernel kernel) {
            Assertions.assertSame(fromBefore, kernel);
            Assertions.assertEquals(Optional.of(PluginState.RUNNING), plugin.state());
        }

        @Test
        void other(TestKernel kernel) {
            Assertions.assertSame(fromBefore, kernel);
        }

        @Test
        @PluginTest(artifact = JAR)
        void withAKernelOfItsOwn(TestKernel kernel, PluginUnderTest plugin) {
            Assertions.assertNotSame(fromBefore, kernel);
            Assertions.assertEquals(Optional.of(PluginState.RUNNING), plugin.state());
        }
    }

    @Test
    void testsMayShareAKernelWhichIsClosedAfterTheLast() {
        run(Shared.class).assertStatistics(counts -> counts.started(3).succeeded(3));
        Assertions.assertEquals(
                "DP-0806",
                Assertions.assertThrows(
                                PluginException.class,
                                () -> Await.result(
                                        "the call", Shared.fromBefore.kernel().load("greeter")))
                        .code());
    }

    @PluginTest(artifact = JAR, config = "{\"greeting\": 7}")
    static class WrongConfig {
        @Test
        void never(PluginUnderTest plugin) {
            throw new AssertionError("must not run: " + plugin.id());
        }
    }

    @Test
    void aWrongConfigurationFailsTheTestWithTheKernelsWords() {
        run(WrongConfig.class)
                .assertThatEvents()
                .haveExactly(1, event(test(), finishedWithFailure(message(text -> text.contains("greeting")))));
    }

    @PluginTest
    static class NoPlugin {
        @Test
        void never() {
            throw new AssertionError("must not run");
        }
    }

    @Test
    void aProjectWithoutAManifestIsToldWhereItWasLookedFor() {
        run(NoPlugin.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test(),
                                finishedWithFailure(
                                        message(text -> text.startsWith("No plugin.yaml was found beside")))));
    }
}
