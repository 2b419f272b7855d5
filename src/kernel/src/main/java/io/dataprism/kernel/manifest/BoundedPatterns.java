package io.dataprism.kernel.manifest;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The patterns of a schema that somebody else wrote. In one check all of them together may match for so long; then {@link TooSlow} ends the
 * check, and with it the thread's work: a pattern that nests repetitions, such as {@code (a+)+$}, tries more ways than there is time for.
 * Safe to use from several threads, each of which says {@link #begin} before it checks.
 */
final class BoundedPatterns implements RegularExpressionFactory {
    private final Duration limit;
    /** What the calling thread's check has spent, in nanoseconds. */
    private final ThreadLocal<long[]> spent = ThreadLocal.withInitial(() -> new long[1]);

    BoundedPatterns(Duration limit) {
        this.limit = limit;
    }

    /** The calling thread begins a check. */
    void begin() {
        spent.get()[0] = 0;
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        Pattern pattern = Pattern.compile(
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex)));
        return value -> matches(regex, pattern, value);
    }

    private boolean matches(String regex, Pattern pattern, String value) {
        long began = System.nanoTime();
        long[] mine = spent.get();
        try {
            return pattern.matcher(new Clocked(value, began + limit.toNanos() - mine[0]))
                    .find();
        } catch (OutOfTime e) {
            throw new TooSlow(regex, value.length(), limit, e);
        } finally {
            mine[0] += System.nanoTime() - began;
        }
    }

    /** A text that is there until a moment; the only thing that a matcher at work looks at. */
    private static final class Clocked implements CharSequence {
        /** So many characters are read between two looks at the clock. */
        private static final int STRIDE = 1024;

        private final CharSequence text;
        private final long until;
        private int reads;

        Clocked(CharSequence text, long until) {
            this.text = text;
            this.until = until;
        }

        @Override
        public char charAt(int index) {
            if (++reads % STRIDE == 0 && System.nanoTime() - until > 0) {
                throw new OutOfTime();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Clocked(text.subSequence(start, end), until);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** Thrown through the matcher. */
    private static final class OutOfTime extends RuntimeException {
        private static final long serialVersionUID = 1;

        OutOfTime() {
            super("The time for matching is over", null, false, false);
        }
    }

    /** A pattern takes too long. */
    static final class TooSlow extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooSlow(String pattern, int length, Duration limit, Throwable cause) {
            super(
                    "the pattern '" + pattern + "' of its schema takes more than " + limit.toMillis()
                            + " ms on a text of " + length
                            + " characters. Write the pattern so that it has one way to match a text: one"
                            + " repetition within another, such as (a+)+, has very many.",
                    cause);
        }
    }
}
