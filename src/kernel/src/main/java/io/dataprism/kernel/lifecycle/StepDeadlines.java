package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import java.time.Duration;

/**
 * How long each step of a plugin's life may take where its manifest says nothing ({@code limits.steps}).
 *
 * @param load making the class loader and the plugin's object
 * @param initialize {@code Plugin.initialize} and {@code Plugin.capabilities}
 * @param start {@code Plugin.start}
 * @param drain finishing the calls and events that had arrived before a stop
 * @param stop {@code Plugin.stop}
 * @param destroy {@code Plugin.destroy}
 * @param slice one uninterrupted stretch of the plugin's code, whatever it does; then its thread is interrupted
 */
public record StepDeadlines(
        Duration load,
        Duration initialize,
        Duration start,
        Duration drain,
        Duration stop,
        Duration destroy,
        Duration slice) {

    /** 30 s to load, initialize and start; 10 s to drain, stop and destroy; 60 s for a slice. */
    public static final StepDeadlines DEFAULT = new StepDeadlines(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));

    public StepDeadlines {
        positive("load", load);
        positive("initialize", initialize);
        positive("start", start);
        positive("drain", drain);
        positive("stop", stop);
        positive("destroy", destroy);
        positive("slice", slice);
    }

    /** The same deadline for every step; what a test wants. */
    public static StepDeadlines each(Duration deadline) {
        return new StepDeadlines(deadline, deadline, deadline, deadline, deadline, deadline, deadline);
    }

    private static void positive(String step, Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new PluginException(
                    "DP-0801", "The deadline of step '" + step + "' must be positive, but is " + deadline + ".");
        }
    }
}
