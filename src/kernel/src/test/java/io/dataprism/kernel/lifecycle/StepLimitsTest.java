package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.Limits;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.Version;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.resource.CountLimits;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.resource.MemoryAccounts;
import io.dataprism.kernel.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StepLimitsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Limits.Steps ASKS_FOR_A_MINUTE =
            new Limits.Steps(Optional.of(MINUTE), Optional.of(MINUTE), Optional.of(MINUTE), Optional.of(MINUTE));

    private static String late(Step step, StepDeadlines node) {
        StepLimits limits = new StepLimits(node, Limits.Steps.NONE);
        PluginKey key = new PluginKey(new PluginId("slow"), Version.of("1.0.0"));
        return String.valueOf(new StepFailures(key, limits, new MissingGrants(key.id(), List.of(), new GrantStore()))
                .late(step, limits.of(step))
                .getMessage());
    }

    @Test
    void aManifestMayTakeLongerThanTheDefault() {
        StepLimits limits = new StepLimits(StepDeadlines.DEFAULT, ASKS_FOR_A_MINUTE);
        for (Step step :
                List.of(Step.INITIALIZE, Step.CAPABILITIES, Step.CONFIGURE, Step.START, Step.STOP, Step.DESTROY)) {
            assertEquals(MINUTE, limits.of(step), step.label());
        }
        assertEquals(Duration.ofSeconds(30), limits.of(Step.LOAD));
        assertEquals(Duration.ofSeconds(10), limits.of(Step.DRAIN));
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void theDefaultHoldsWhereNobodySaysAnything(Step step) {
        assertEquals(step.usual(), new StepLimits(StepDeadlines.DEFAULT, Limits.Steps.NONE).of(step));
    }

    @ParameterizedTest
    @EnumSource(value = Step.class, names = "RUN", mode = EnumSource.Mode.EXCLUDE)
    void whatTheOperatorSetHoldsBelowAndAboveTheManifest(Step step) {
        assertEquals(SECOND, new StepLimits(StepDeadlines.each(SECOND), ASKS_FOR_A_MINUTE).of(step));
        Duration hour = Duration.ofHours(1);
        assertEquals(hour, new StepLimits(StepDeadlines.each(hour), ASKS_FOR_A_MINUTE).of(step));
    }

    @Test
    void namesWhatAManifestDoesNotGet() {
        Limits asked = new Limits(
                OptionalLong.of(256 << 20),
                OptionalInt.of(80),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.of(32 << 20),
                CountLimits.NONE,
                ASKS_FOR_A_MINUTE);
        assertEquals(
                List.of(
                        "limits.memory is 256 MiB but node.max-memory-per-plugin gives 128 MiB",
                        "limits.storage is 32 MiB but node.max-storage-per-plugin gives 16 MiB",
                        "limits.cpu is 80 % of a core but node.max-cpu-per-plugin gives 50 %",
                        "limits.steps.initialize is 60 s but node.steps.initialize gives 1 s",
                        "limits.steps.start is 60 s but node.steps.start gives 1 s",
                        "limits.steps.stop is 60 s but node.steps.stop gives 1 s",
                        "limits.steps.destroy is 60 s but node.steps.destroy gives 1 s"),
                curtailed(asked, 128 << 20, 50, 16 << 20, StepDeadlines.each(SECOND)));
        assertEquals(List.of(), curtailed(asked, 256 << 20, 80, 32 << 20, StepDeadlines.DEFAULT));
        assertEquals(List.of(), curtailed(asked, 256 << 20, 80, 32 << 20, StepDeadlines.each(MINUTE)));
    }

    @Test
    void namesWhatOfTheCountedAManifestDoesNotGet() {
        CountLimits counts = CountLimits.NONE.with(Countable.FILES, 65).with(Countable.TIMERS, 5);
        Limits asked = new Limits(
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                counts,
                Limits.Steps.NONE);
        assertEquals(
                List.of("limits.files is 65 but the node gives 64"),
                curtailed(asked, 256 << 20, 80, 32 << 20, StepDeadlines.DEFAULT));
    }

    private static List<String> curtailed(Limits asked, long memory, int cpu, long storage, StepDeadlines deadlines) {
        Resources node = new Resources(new MemoryAccounts(), memory, cpu, CountLimits.NONE, SECOND);
        return Curtailed.of(asked, node, Allowance.NONE, storage, deadlines);
    }

    @Test
    void aLateStepNamesWhatCanBeRaised() {
        String start = "Plugin 'slow' 1.0.0 is late: ";
        assertEquals(
                List.of(
                        start + "load took longer than 30 s. Raise node.steps.load in the node's configuration if it"
                                + " needs longer, or look for what its constructor and static initialisers wait for.",
                        start + "initialize took longer than 30 s. Raise limits.steps.initialize in plugin.yaml, or"
                                + " node.steps.initialize in the node's configuration, if it needs longer, or look for a"
                                + " future that it never completes.",
                        start + "capabilities took longer than 30 s. Raise limits.steps.initialize in plugin.yaml, or"
                                + " node.steps.initialize in the node's configuration, if it needs longer, or look for"
                                + " what capabilities() waits for.",
                        start + "start took longer than 30 s. Raise limits.steps.start in plugin.yaml, or"
                                + " node.steps.start in the node's configuration, if it needs longer, or look for a"
                                + " future that it never completes.",
                        start + "configure took longer than 30 s. Raise limits.steps.initialize in plugin.yaml, or"
                                + " node.steps.initialize in the node's configuration, if it needs longer, or look for a"
                                + " future that it never completes.",
                        start + "drain took longer than 10 s. Raise node.steps.drain in the node's configuration if it"
                                + " needs longer, or look for a call or an event whose future it never completes.",
                        start + "stop took longer than 10 s. Raise limits.steps.stop in plugin.yaml, or"
                                + " node.steps.stop in the node's configuration, if it needs longer, or look for a"
                                + " future that it never completes.",
                        start + "destroy took longer than 10 s. Raise limits.steps.destroy in plugin.yaml, or"
                                + " node.steps.destroy in the node's configuration, if it needs longer, or look for a"
                                + " future that it never completes."),
                Stream.of(Step.values())
                        // Has no end that could be late.
                        .filter(step -> step != Step.RUN)
                        .map(step -> late(step, StepDeadlines.DEFAULT))
                        .toList());
    }

    @Test
    void aLateStepDoesNotSendToTheManifestWhereTheOperatorDecided() {
        assertEquals(
                "Plugin 'slow' 1.0.0 is late: stop took longer than 1 s. Raise node.steps.stop in the node's"
                        + " configuration if it needs longer, or look for a future that it never completes.",
                late(Step.STOP, StepDeadlines.each(SECOND)));
    }
}
