package io.dataprism.kernel.supervision;

import java.time.Duration;

/**
 * How a plugin that answers probes is asked.
 *
 * @param every how long after an answer it is asked again
 * @param within how long it may take to answer
 * @param failures so many failed answers in a row to whether it is alive are a failure of the plugin
 */
public record Probing(Duration every, Duration within, int failures) {
    /** Each 10 s, within 2 s, three times. */
    public static final Probing DEFAULT = new Probing(Duration.ofSeconds(10), Duration.ofSeconds(2), 3);

    public Probing {
        if (every.isNegative() || every.isZero() || within.isNegative() || within.isZero() || failures < 1) {
            throw new IllegalArgumentException(every + " " + within + " " + failures);
        }
    }

    /** For messages: {@code every 10s, within 2s, 3 times}. */
    public String text() {
        return "every " + Times.text(every) + ", within " + Times.text(within) + ", " + failures + " times";
    }
}
