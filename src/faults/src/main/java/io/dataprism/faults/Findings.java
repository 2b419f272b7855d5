package io.dataprism.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was seen of one fault. May be written by any thread. */
public final class Findings {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private final List<String> weaker = new CopyOnWriteArrayList<>();

    /** A figure, or anything else that a reader should know. */
    public void saw(String text, Object... values) {
        seen.add(String.format(Locale.ROOT, text, values));
    }

    /**
     * A part of the promise.
     *
     * @param held whether it was kept
     * @param text what was seen of it, either way
     */
    public void holds(boolean held, String text, Object... values) {
        (held ? seen : broken).add(String.format(Locale.ROOT, text, values));
    }

    /** Something that must not take longer than {@code most}. */
    public void within(Duration most, Duration took, String what) {
        holds(took.compareTo(most) <= 0, "%s %s (at most %s)", what, text(took), text(most));
    }

    /** Less was tried than the table asks for, since something is missing here. */
    public void weaker(String text) {
        weaker.add(text);
    }

    public static String text(Duration time) {
        long micros = time.toNanos() / 1_000;
        if (micros < 10_000) {
            return String.format(Locale.ROOT, "%.2f ms", micros / 1_000.0);
        }
        return micros < 1_000_000 ? micros / 1_000 + " ms" : String.format(Locale.ROOT, "%.1f s", micros / 1_000_000.0);
    }

    public List<String> seen() {
        return List.copyOf(seen);
    }

    public List<String> broken() {
        return List.copyOf(broken);
    }

    public List<String> weaker() {
        return List.copyOf(weaker);
    }

    public boolean isKept() {
        return broken.isEmpty();
    }
}
