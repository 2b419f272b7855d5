package io.dataprism.kernel.context;

import io.dataprism.api.Metrics;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.text.OneLine;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One plugin's metrics. Safe to use from any thread. */
final class PluginMetrics implements Metrics {
    private static final int MOST_SERIES = 500;
    private static final int MOST_LABELS = 8;
    private static final int LONGEST = 100;
    private static final int SERIES_BYTES = 256;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:[._][a-z0-9]+)*");
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)*");

    private final PluginRuntime runtime;
    private final Map<Key, Series> series = new HashMap<>();
    private final Map<String, String> kinds = new HashMap<>();
    private long charged;
    private boolean closed;

    private record Key(String name, SortedMap<String, String> labels) {
        long size() {
            long characters = name.length();
            for (Map.Entry<String, String> label : labels.entrySet()) {
                characters += label.getKey().length() + label.getValue().length();
            }
            return SERIES_BYTES + 2 * characters;
        }
    }

    PluginMetrics(PluginRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Counter counter(String name, Map<String, String> labels) {
        return find(name, labels, "counter", Series.Count.class, Series.Count::new);
    }

    @Override
    public Gauge gauge(String name, Map<String, String> labels) {
        return find(name, labels, "gauge", Series.Level.class, Series.Level::new);
    }

    @Override
    public Timer timer(String name, Map<String, String> labels) {
        return find(name, labels, "timer", Series.Timing.class, Series.Timing::new);
    }

    private <S extends Series> S find(
            String name, Map<String, String> labels, String kind, Class<S> type, Supplier<S> fresh) {
        return type.cast(held(keyOf(name, labels), kind, fresh));
    }

    /** The map is the plugin's own object: it is read here, on the plugin's thread and under no lock. */
    private Key keyOf(String name, Map<String, String> labels) {
        requireForm("name", name, NAME);
        SortedMap<String, String> copy = new TreeMap<>();
        for (Map.Entry<String, String> label : labels.entrySet()) {
            // Read once: what was looked at is what is kept, whatever the entry says next.
            String key = label.getKey();
            requireForm("label", key, LABEL);
            copy.put(key, OneLine.of(label.getValue(), LONGEST));
            if (copy.size() > MOST_LABELS) {
                throw invalid("more than " + MOST_LABELS + " labels on '" + name + "'");
            }
        }
        return new Key(name, copy);
    }

    private void requireForm(String what, String text, Pattern form) {
        if (text.length() > LONGEST || !form.matcher(text).matches()) {
            throw invalid("the " + what + " '" + PluginException.excerpt(text) + "': expected lower-case words of "
                    + LONGEST + " characters at most, such as 'rows.read' for a name and 'table' for a label");
        }
    }

    private PluginException invalid(String found) {
        return new PluginException("DP-0606", "Plugin '" + runtime.id() + "' can't have a metric with " + found + ".");
    }

    private Series held(Key key, String kind, Supplier<? extends Series> fresh) {
        synchronized (series) {
            String before = kinds.get(key.name());
            if (before != null && !before.equals(kind)) {
                throw new PluginException(
                        "DP-0607",
                        "Plugin '" + runtime.id() + "' asked for the " + kind + " '" + key.name() + "', which is a "
                                + before + " already. Choose another name.");
            }
            Series known = series.get(key);
            if (known != null) {
                return known;
            }
            Series made = fresh.get();
            if (!closed) {
                add(key, kind, made);
            }
            return made;
        }
    }

    private void add(Key key, String kind, Series made) {
        if (series.size() == MOST_SERIES) {
            throw new PluginException(
                    "DP-0608",
                    "Plugin '" + runtime.id() + "' has " + MOST_SERIES + " series of metrics, which is the most; '"
                            + key.name() + "' with "
                            + PluginException.excerpt(key.labels().toString())
                            + " would be one more. Use labels with a handful of values.");
        }
        charged += runtime.memory().allocate(key.size());
        series.put(key, made);
        kinds.put(key.name(), kind);
    }

    Stream<MetricSample> samples() {
        synchronized (series) {
            return series.entrySet().stream()
                    .map(one -> new MetricSample(
                            runtime.id(),
                            one.getKey().name(),
                            one.getKey().labels(),
                            one.getValue().read()))
                    .toList()
                    .stream();
        }
    }

    /** The plugin ends. What it records from now on is nowhere to be seen. */
    void close() {
        synchronized (series) {
            closed = true;
            series.clear();
            kinds.clear();
            runtime.memory().deallocate(charged);
            charged = 0;
        }
    }
}
