package io.dataprism.kernel.context;

import io.dataprism.api.Timers;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.vertx.SliceTimers;
import java.time.Duration;

/** One plugin's timers. */
final class PluginTimers implements Timers {
    private final SliceTimers timers;

    PluginTimers(PluginRuntime runtime) {
        timers = new SliceTimers(
                runtime.deployment(),
                runtime.id(),
                () -> runtime.tally().limit(Countable.TIMERS),
                now -> runtime.tally().has(Countable.TIMERS, now));
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return timers.after(delay, action)::cancel;
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        return timers.every(period, action)::cancel;
    }

    void close() {
        timers.close();
    }
}
