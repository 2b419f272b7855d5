package io.dataprism.api;

import java.time.Duration;
import java.util.Map;

/**
 * Numbers about a plugin's work. The kernel keeps them under the plugin's name, shows them to host and operator, and forgets them when the plugin
 * ends: counters begin at zero at each start.
 *
 * <p>A series is a name with labels; asking for the same one again gives the same series. A name is lower-case words joined by dots or
 * underscores ({@code rows.read}), 100 characters at most; a label's name is the same without dots. There are 8 labels a series at most, and 500
 * series a plugin, each charged to its {@link MemoryAccount}: a label is for a handful of values, not for ids.
 *
 * <p>Asking for a series fails with {@code DP-0606} for a name or label of another form, with {@code DP-0607} where the name
 * stands for another kind already, and with {@code DP-0608} for one series too many. Recording never fails and never blocks. Safe to use from any
 * thread.
 */
public interface Metrics {

    /** Something that only grows. */
    Counter counter(String name, Map<String, String> labels);

    /** Something that goes up and down. */
    Gauge gauge(String name, Map<String, String> labels);

    /** How often something took how long. */
    Timer timer(String name, Map<String, String> labels);

    default Counter counter(String name) {
        return counter(name, Map.of());
    }

    default Gauge gauge(String name) {
        return gauge(name, Map.of());
    }

    default Timer timer(String name) {
        return timer(name, Map.of());
    }

    /** A count. */
    interface Counter {
        /** Add {@code amount}; a negative one counts as zero. */
        void add(long amount);
    }

    /** A reading. */
    interface Gauge {
        /** What it is now. */
        void set(double value);
    }

    /** Durations. */
    interface Timer {
        /** One more that took {@code duration}; a negative one counts as zero. */
        void record(Duration duration);
    }
}
