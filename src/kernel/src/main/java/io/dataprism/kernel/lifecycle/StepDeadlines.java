package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import java.time.Duration;
import java.util.Optional;

/**
 * How long each step of a plugin's life may take on this node. What is set here holds for every plugin, whatever its manifest says.
 * What is not is up to the manifest ({@code limits.steps}); where that says nothing either it is 30 s to load, initialize and start,
 * and 10 s to drain, stop and destroy.
 *
 * @param load making the class loader and the plugin's object; manifests say nothing about it
 * @param initialize {@code Plugin.initialize}, {@code Plugin.capabilities} and {@code Configurable.configure}
 * @param start {@code Plugin.start}
 * @param drain finishing the calls and events that had arrived before a stop; manifests say nothing about it
 * @param stop {@code Plugin.stop}
 * @param destroy {@code Plugin.destroy}
 * @param slice one uninterrupted stretch of the plugin's code, whatever it does; then its thread is interrupted
 */
public record StepDeadlines(
        Optional<Duration> load,
        Optional<Duration> initialize,
        Optional<Duration> start,
        Optional<Duration> drain,
        Optional<Duration> stop,
        Optional<Duration> destroy,
        Duration slice) {

    /** Nothing set, and 60 s for a slice. */
    public static final StepDeadlines DEFAULT = new StepDeadlines(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(60));

    public StepDeadlines {
        load.ifPresent(deadline -> positive("load", deadline));
        initialize.ifPresent(deadline -> positive("initialize", deadline));
        start.ifPresent(deadline -> positive("start", deadline));
        drain.ifPresent(deadline -> positive("drain", deadline));
        stop.ifPresent(deadline -> positive("stop", deadline));
        destroy.ifPresent(deadline -> positive("destroy", deadline));
        positive("slice", slice);
    }

    /** The same deadline for every step; what a test wants. */
    public static StepDeadlines each(Duration deadline) {
        Optional<Duration> set = Optional.of(deadline);
        return new StepDeadlines(set, set, set, set, set, set, deadline);
    }

    private static void positive(String step, Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new PluginException(
                    "DP-0801", "The deadline of step '" + step + "' must be positive, but is " + deadline + ".");
        }
    }
}
