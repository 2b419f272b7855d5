package io.dataprism.kernel.manifest;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a schema that somebody else wrote may take of a thread. In one check all its patterns together may match for so long, a check that
 * follows very many references may take ten times that, and any check thirty times; then {@link TooSlow} ends it: a pattern that nests repetitions, such as {@code (a+)+$},
 * tries more ways than there is time for, and so do definitions each of which refers to the next one twice. Safe to use from several threads,
 * each of which says {@link #begin} before it checks.
 */
final class BoundedSchema implements RegularExpressionFactory {
    /** So many references are followed between two looks at the clock. A check of fewer is never ended, however slow the machine. */
    private static final int STRIDE = 1 << 16;

    private final Duration limit;
    private final Duration following;
    private final Duration whole;
    private final ThreadLocal<Spent> spent = ThreadLocal.withInitial(Spent::new);

    /** What the calling thread's check has spent. */
    private static final class Spent {
        private long began = System.nanoTime();
        private long matching;
        private int followed;
    }

    BoundedSchema(Duration limit) {
        this.limit = limit;
        this.following = limit.multipliedBy(10);
        this.whole = limit.multipliedBy(30);
    }

    /** The calling thread begins a check. */
    void begin() {
        spent.set(new Spent());
    }

    /** A check that ends after so long. */
    ExecutionContext check(ExecutionConfig config) {
        return new BoundedCheck(config, whole);
    }

    /**
     * The calling thread follows a reference.
     *
     * @throws TooSlow where it did so for too long
     */
    void follow() {
        Spent mine = spent.get();
        if (++mine.followed % STRIDE == 0 && System.nanoTime() - mine.began > following.toNanos()) {
            throw TooSlow.references("takes more than " + following.toMillis() + " ms", null);
        }
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        Pattern pattern = Pattern.compile(
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex)));
        return value -> matches(regex, pattern, value);
    }

    private boolean matches(String regex, Pattern pattern, String value) {
        long began = System.nanoTime();
        Spent mine = spent.get();
        try {
            return pattern.matcher(new Clocked(value, began + limit.toNanos() - mine.matching))
                    .find();
        } catch (OutOfTime e) {
            throw TooSlow.pattern(regex, value.length(), "more than " + limit.toMillis() + " ms", e);
        } catch (StackOverflowError e) {
            throw TooSlow.pattern(regex, value.length(), "more than a thread's stack", e);
        } finally {
            mine.matching += System.nanoTime() - began;
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

    /** A check takes too long, or more than a thread's stack. */
    static final class TooSlow extends RuntimeException {
        private static final long serialVersionUID = 1;

        private TooSlow(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        /** A pattern takes {@code what} on a text. */
        private static TooSlow pattern(String pattern, int length, String what, Throwable cause) {
            return new TooSlow(
                    "the pattern '" + pattern + "' of its schema takes " + what + " on a text of " + length
                            + " characters. Write the pattern so that it has one way to match a text: one"
                            + " repetition within another, such as (a+)+, has very many.",
                    cause);
        }

        /** Holding each keyword against each value takes more than {@code limit}. */
        static TooSlow keywords(Duration limit) {
            return new TooSlow(
                    "its schema takes more than " + limit.toMillis()
                            + " ms on it. Write the schema with fewer keywords that look at each item, such as contains,"
                            + " or give it less to look at.",
                    null);
        }

        /** References {@code take} too much. */
        static TooSlow references(String take, @Nullable Throwable cause) {
            return new TooSlow(
                    "following the references ($ref) of its schema " + take
                            + ". Write them so that each step of one leads further into the document, and no more than one"
                            + " of several alternatives to the same definition.",
                    cause);
        }
    }
}
