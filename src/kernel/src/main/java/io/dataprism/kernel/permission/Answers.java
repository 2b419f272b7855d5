package io.dataprism.kernel.permission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one caller asked since its grants last changed, and what it was answered. A question without a scope is two bits; each of the others has one place
 * in a table, by its hash, and takes it from the one before it where the table can't grow: whoever asks for ever other scopes forgets its own answers, and
 * nobody else's. Safe to use from any thread; nobody waits but who learns.
 */
final class Answers {
    /** A scope has a thousand characters at most. */
    static final int MOST = 256;

    private static final int FIRST = 8;
    private static final int ALLOWED = 32;
    private static final Optional<Boolean> YES = Optional.of(true);
    private static final Optional<Boolean> NO = Optional.of(false);
    private static final VarHandle PLAIN = plainHandle();

    /** For each name, its bit where it was asked for, and the one 32 places above that where it is allowed. */
    private volatile long plain;

    private volatile @Nullable Answer @Nullable [] scoped;

    /** Immutable, so that a thread that comes upon it sees all of it. */
    private static final class Answer {
        private final Permission wanted;
        private final boolean allowed;

        Answer(Permission wanted, boolean allowed) {
            this.wanted = wanted;
            this.allowed = allowed;
        }
    }

    private static VarHandle plainHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Answers.class, "plain", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What was answered; empty where it was not asked, or is not known any more. */
    Optional<Boolean> of(Permission wanted) {
        if (wanted.scope().isEmpty()) {
            long known = plain;
            long bit = wanted.name().bit();
            return (known & bit) == 0 ? Optional.empty() : answer((known & bit << ALLOWED) != 0);
        }
        @Nullable Answer[] all = scoped;
        if (all == null) {
            return Optional.empty();
        }
        Answer found = all[place(wanted, all.length)];
        return found != null && found.wanted.equals(wanted) ? answer(found.allowed) : Optional.empty();
    }

    private static Optional<Boolean> answer(boolean allowed) {
        return allowed ? YES : NO;
    }

    private static int place(Permission wanted, int room) {
        int hash = wanted.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 16) & room - 1;
    }

    /** Remember an answer. */
    void keep(Permission wanted, boolean allowed) {
        if (wanted.scope().isEmpty()) {
            long asked = wanted.name().bit();
            PLAIN.getAndBitwiseOr(this, allowed ? asked | asked << ALLOWED : asked);
        } else {
            keepScoped(new Answer(wanted, allowed));
        }
    }

    private synchronized void keepScoped(Answer answer) {
        @Nullable Answer[] all = scoped == null ? new Answer[FIRST] : scoped;
        while (all.length < MOST && isTaken(all, answer.wanted)) {
            all = larger(all);
        }
        all[place(answer.wanted, all.length)] = answer;
        scoped = all;
    }

    private static boolean isTaken(@Nullable Answer[] all, Permission wanted) {
        Answer before = all[place(wanted, all.length)];
        return before != null && !before.wanted.equals(wanted);
    }

    private static @Nullable Answer[] larger(@Nullable Answer[] all) {
        @Nullable Answer[] next = new Answer[all.length * 2];
        for (Answer answer : all) {
            if (answer != null) {
                next[place(answer.wanted, next.length)] = answer;
            }
        }
        return next;
    }

    /** How many answers with a scope there is room for now. */
    int room() {
        @Nullable Answer[] all = scoped;
        return all == null ? 0 : all.length;
    }
}
