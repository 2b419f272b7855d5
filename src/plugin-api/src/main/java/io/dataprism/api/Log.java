package io.dataprism.api;

import org.jspecify.annotations.Nullable;

/**
 * The plugin's log: each line carries the plugin's id. Line breaks and control characters are replaced. Of each level a plugin has 1,000 lines a minute;
 * the first line of the next one says how many were left out.
 */
public interface Log {
    void debug(String message);

    void info(String message);

    void warn(String message);

    void warn(String message, @Nullable Throwable cause);

    void error(String message);

    void error(String message, @Nullable Throwable cause);
}
