package io.dataprism.kernel.context;

import io.dataprism.api.Log;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.resource.Tally;
import io.dataprism.kernel.text.OneLine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the logger {@code plugin.<id>}. Causes are copied first, so that no appender runs a plugin's code later. */
final class PluginLog implements Log {
    private static final int LONGEST = 8_000;
    private final Logger log;
    private final LogLimit logged;

    /** @param tally how many lines of each level it may write in a minute: what is more than a thousand nobody reads */
    PluginLog(PluginId id, Tally tally) {
        logged = new LogLimit(() -> tally.limit(Countable.LINES));
        log = LoggerFactory.getLogger("plugin." + id);
    }

    @Override
    public void debug(String message) {
        if (log.isDebugEnabled()) {
            logged.say("debug", more -> log.debug("{}{}", OneLine.of(message, LONGEST), more));
        }
    }

    @Override
    public void info(String message) {
        logged.say("info", more -> log.info("{}{}", OneLine.of(message, LONGEST), more));
    }

    @Override
    public void warn(String message) {
        warn(message, null);
    }

    @Override
    public void warn(String message, @Nullable Throwable cause) {
        logged.say("warn", more -> log.warn("{}{}", OneLine.of(message, LONGEST), more, copy(cause)));
    }

    @Override
    public void error(String message) {
        error(message, null);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        logged.say("error", more -> log.error("{}{}", OneLine.of(message, LONGEST), more, copy(cause)));
    }

    private static @Nullable Throwable copy(@Nullable Throwable cause) {
        return cause == null ? null : SafeFailure.copy(cause);
    }
}
