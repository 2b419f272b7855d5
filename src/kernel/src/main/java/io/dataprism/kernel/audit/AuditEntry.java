package io.dataprism.kernel.audit;

import io.dataprism.api.PluginException;

/**
 * What is to stand in the log, before it has its place there. Texts that are too long are cut: what a plugin makes up must not fill the disk.
 *
 * @param who who did it, or was refused it
 * @param what what was done: a permission's name, {@code grant}, {@code plugin-running}, {@code plugins:install}
 * @param target to what; a plugin is named {@code plugin:<id>}, at the beginning
 * @param decision what became of it
 * @param why the rule or grant that decided, with its origin; a failure's code; may be empty
 * @param cause the id of the message for which it was done; empty where there is none
 * @param count how many times
 */
public record AuditEntry(
        Actor who, String what, String target, Decision decision, String why, String cause, long count) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TARGET = 500;
    private static final int LONGEST_WHY = 1_500;

    public AuditEntry {
        who = new Actor(who.kind(), cut(who.id(), LONGEST_NAME), cut(who.version(), LONGEST_NAME));
        what = cut(what, LONGEST_NAME);
        target = cut(target, LONGEST_TARGET);
        why = cut(why, LONGEST_WHY);
        cause = cut(cause, LONGEST_NAME);
        if (count < 1) {
            throw new IllegalArgumentException("It happened " + count + " times");
        }
    }

    /** A change that was made. */
    public static AuditEntry done(Actor who, String what, String target, String why) {
        return new AuditEntry(who, what, target, Decision.DONE, why, "", 1);
    }

    /** Something that was tried and failed. */
    public static AuditEntry failed(Actor who, String what, String target, String why) {
        return new AuditEntry(who, what, target, Decision.FAILED, why, "", 1);
    }

    /** Something that was refused. */
    public static AuditEntry denied(Actor who, String what, String target, String why, String cause) {
        return new AuditEntry(who, what, target, Decision.DENIED, why, cause, 1);
    }

    /** What of a failure may stand in the log: its code, and not its words, in which may be what is nobody's business. */
    public static String code(Throwable cause) {
        return cause instanceof PluginException known
                ? known.code()
                : cause.getClass().getSimpleName();
    }

    AuditEntry times(long times) {
        return new AuditEntry(who, what, target, decision, why, cause, times);
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
