package io.dataprism.api;

import java.time.Duration;

/**
 * Timers. They fire in the plugin's slices, to the millisecond, and end with the plugin. A node lets so many of a plugin wait, and no more.
 *
 * <pre>{@code
 * Timers.Timer beat = context.timers().every(Duration.ofSeconds(10), () -> context.events().publish("heart.beat", null));
 * context.timers().after(Duration.ofMinutes(1), beat::cancel);
 * }</pre>
 */
public interface Timers {

    /**
     * Run {@code action} once after {@code delay}.
     *
     * @throws PluginException {@code DP-0189} when too many timers wait already
     */
    Timer after(Duration delay, Runnable action);

    /**
     * Run {@code action} every {@code period}; a shorter one than a millisecond counts as one. A turn that is due while the last one still
     * waits is left out.
     *
     * @throws PluginException {@code DP-0189} when too many timers wait already
     */
    Timer every(Duration period, Runnable action);

    /** One timer. */
    interface Timer {
        /** End it; whether it was still waiting. */
        boolean cancel();
    }
}
