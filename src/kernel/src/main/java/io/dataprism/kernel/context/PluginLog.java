package io.dataprism.kernel.context;

import io.dataprism.api.Log;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.messaging.SafeFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the logger {@code plugin.<id>}. Causes are copied first, so that no appender runs a plugin's code later. */
final class PluginLog implements Log {
    private static final int LONGEST = 8_000;

    private final Logger log;

    PluginLog(PluginId id) {
        log = LoggerFactory.getLogger("plugin." + id);
    }

    @Override
    public void debug(String message) {
        if (log.isDebugEnabled()) {
            log.debug("{}", Texts.line(message, LONGEST));
        }
    }

    @Override
    public void info(String message) {
        log.info("{}", Texts.line(message, LONGEST));
    }

    @Override
    public void warn(String message) {
        warn(message, null);
    }

    @Override
    public void warn(String message, @Nullable Throwable cause) {
        log.warn(Texts.line(message, LONGEST), copy(cause));
    }

    @Override
    public void error(String message) {
        error(message, null);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        log.error(Texts.line(message, LONGEST), copy(cause));
    }

    private static @Nullable Throwable copy(@Nullable Throwable cause) {
        return cause == null ? null : SafeFailure.copy(cause);
    }
}
