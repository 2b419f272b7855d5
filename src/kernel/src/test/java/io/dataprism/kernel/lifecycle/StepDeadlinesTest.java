package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deadlines of a node whose operator set one for {@code initialize} and none for the rest. */
final class StepDeadlinesTest extends KernelTest {
    @Override
    protected KernelOptions options() {
        StepDeadlines usual = StepDeadlines.DEFAULT;
        return KernelOptions.DEFAULT.withSteps(new StepDeadlines(
                usual.load(),
                Optional.of(Duration.ofMillis(600)),
                usual.start(),
                usual.drain(),
                usual.stop(),
                usual.destroy(),
                usual.slice()));
    }

    @Test
    void theOperatorsDeadlineHoldsWhereTheManifestAsksForMore() throws Exception {
        install(PluginJar.of("hopeful")
                .yaml("limits: {memory: 2GiB, steps: {initialize: 1m}}")
                .does("initialize", "return Promise.<Void>promise().future();"));
        List<String> curtailed = List.of(
                "limits.memory is 2 GiB but node.max-memory-per-plugin gives 128 MiB",
                "limits.steps.initialize is 60 s but node.steps.initialize gives 600 ms");
        assertEquals(curtailed, kernel.plugin("hopeful").orElseThrow().curtailed());
        PluginException late = failure(kernel.load("hopeful"));
        assertEquals("DP-0815", late.code());
        assertTrue(late.getMessage().contains("Raise node.steps.initialize in"), late.getMessage());
        assertEquals(
                new JsonArray(curtailed),
                kernel.plugin("hopeful").orElseThrow().toJson().getJsonArray("curtailed"));
    }

    @Test
    void theOperatorsDeadlineHoldsWhereTheManifestAsksForLess() throws Exception {
        load(
                PluginJar.of("modest")
                        .yaml("limits: {steps: {initialize: 1ms}}")
                        .does(
                                "initialize",
                                "Promise<Void> done = context.promise();"
                                        + "context.timers().after(Duration.ofMillis(50), done::complete); return done.future();"));
        assertEquals(PluginState.RUNNING, state("modest"));
        assertEquals(List.of(), kernel.plugin("modest").orElseThrow().curtailed());
    }

    @Test
    void theManifestsDeadlineHoldsWhereTheOperatorSetNone() throws Exception {
        install(PluginJar.of("strict")
                .yaml("limits: {steps: {start: 50ms}}")
                .does("start", "return Promise.<Void>promise().future();"));
        PluginException late = failure(kernel.load("strict"));
        assertTrue(
                late.getMessage().contains("start took longer than 50 ms. Raise limits.steps.start in"),
                late.getMessage());
    }
}
