package io.dataprism.kernel.logging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How often one place writes to the log about one subject: the first lines of each period, then none until it is over. The last line of a period says that
 * there will be no more, and the next one after it how many were left out. Only lines are: whoever caused one is told of each failure, and metrics
 * and dead letters count each.
 *
 * <p>A subject is who can cause the line at will, such as a plugin or a user, with the kind of line where a place writes several, and never a name that
 * they choose. Of too many subjects at once those that came late share one period, so that nobody fills the memory instead of the log. Safe to
 * use from any thread.
 */
public final class LogLimit {
    /** Enough to see what it is; one that goes on forever then costs some megabytes of log a day. */
    private static final int LINES = 10;

    private static final Duration PERIOD = Duration.ofSeconds(60);
    static final int MOST_SUBJECTS = 1_000;
    private static final int LONGEST_SUBJECT = 200;
    /** A full map is looked through no more often than so many times a period. */
    private static final int SWEEPS = 10;

    private final IntSupplier lines;
    private final Duration period;
    private final LongSupplier nanos;
    private final Map<String, Lines> subjects = new HashMap<>();
    private final Lines others = new Lines();
    private long swept;

    public LogLimit() {
        this(() -> LINES);
    }

    /** @param lines how many of them a minute a subject may have, asked again for each; must not block */
    public LogLimit(IntSupplier lines) {
        this(lines, PERIOD, System::nanoTime);
    }

    /** @param nanos the clock */
    LogLimit(int lines, Duration period, LongSupplier nanos) {
        this(() -> lines, period, nanos);
    }

    private LogLimit(IntSupplier lines, Duration period, LongSupplier nanos) {
        this.lines = lines;
        this.period = period;
        this.nanos = nanos;
        this.swept = nanos.getAsLong() - period.toNanos();
    }

    /**
     * Write one line about {@code subject}, unless there were too many.
     *
     * @param line writes it, and ends it with what it is given; not under a lock
     * @return whether it was written
     */
    public boolean say(String subject, Consumer<String> line) {
        Optional<String> end = take(subject);
        end.ifPresent(line);
        return end.isPresent();
    }

    private synchronized Optional<String> take(String subject) {
        long now = nanos.getAsLong();
        return of(subject.length() > LONGEST_SUBJECT ? subject.substring(0, LONGEST_SUBJECT) : subject, now)
                .take(now);
    }

    private Lines of(String subject, long now) {
        Lines known = subjects.get(subject);
        if (known != null) {
            return known;
        }
        sweep(now);
        return subjects.size() < MOST_SUBJECTS ? subjects.computeIfAbsent(subject, first -> new Lines()) : others;
    }

    /** Forget the subjects whose period is over; what they have not said yet is said with the others'. */
    private void sweep(long now) {
        if (subjects.size() < MOST_SUBJECTS || now - swept < period.toNanos() / SWEEPS) {
            return;
        }
        swept = now;
        subjects.values().removeIf(old -> {
            boolean over = old.isOver(now);
            others.leftOut += over ? old.leftOut : 0;
            return over;
        });
    }

    /** The lines about one subject in one period. */
    private final class Lines {
        private long began;
        private int written;
        private long leftOut;

        boolean isOver(long now) {
            return written == 0 || now - began >= period.toNanos();
        }

        /** What the line ends with; empty where it is left out. */
        Optional<String> take(long now) {
            if (isOver(now)) {
                began = now;
                written = 0;
            }
            int most = lines.getAsInt();
            if (written >= most) {
                leftOut++;
                return Optional.empty();
            }
            written++;
            String end = leftOut == 0
                    ? ""
                    : String.format(Locale.ROOT, " … %,d more like this in %d s", leftOut, period.toSeconds());
            leftOut = 0;
            return Optional.of(written >= most ? end + " … more like this are only counted for now" : end);
        }
    }
}
