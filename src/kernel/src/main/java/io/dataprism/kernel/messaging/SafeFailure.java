package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import org.jspecify.annotations.Nullable;

/**
 * A copy of what a plugin threw, made in its slice: texts and stack trace, but none of its objects, whose methods could do anything
 * and whose class would keep its loader alive.
 */
public final class SafeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 5;
    private static final int LONGEST = 2_000;

    private final String type;
    private final String code;
    private final @Nullable FailureKind kind;

    private SafeFailure(
            String type, String message, String code, @Nullable FailureKind kind, @Nullable SafeFailure cause) {
        super(message, cause, false, true);
        this.type = type;
        this.code = code;
        this.kind = kind;
    }

    /** Copy {@code failure}. Calls its methods: only in the slice of the plugin that threw it. */
    public static SafeFailure copy(Throwable failure) {
        return copy(failure, DEEPEST);
    }

    /** What a handler on another node threw, of which only the text came here. */
    static SafeFailure elsewhere(String message) {
        SafeFailure failure = new SafeFailure("a failure on another node", cut(message), "", null, null);
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }

    private static SafeFailure copy(Throwable failure, int depth) {
        if (failure instanceof SafeFailure safe) {
            return safe;
        }
        String type = failure.getClass().getName();
        try {
            Throwable cause = failure.getCause();
            SafeFailure copied = new SafeFailure(
                    type,
                    cut(failure.getMessage()),
                    failure instanceof PluginException known ? known.code() : "",
                    failure instanceof CallException call ? call.kind() : null,
                    cause == null || cause == failure || depth == 0 ? null : copy(cause, depth - 1));
            copied.setStackTrace(failure.getStackTrace());
            return copied;
        } catch (Throwable worse) {
            return new SafeFailure(
                    type, "(its message could not be read: " + worse.getClass().getName() + ")", "", null, null);
        }
    }

    private static String cut(@Nullable String message) {
        if (message == null) {
            return "";
        }
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    }

    /** The class of what was thrown. */
    public String type() {
        return type;
    }

    /** The code of a {@link PluginException}, else empty. */
    public String code() {
        return code;
    }

    /** The kind of a {@link CallException}, else null. */
    @Nullable
    FailureKind kind() {
        return kind;
    }

    /** The message alone, or the class where there is none. */
    public String text() {
        String message = getMessage();
        return message == null || message.isEmpty() ? type : message;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // names the class that was thrown, not this one
    public String toString() {
        String message = getMessage();
        return message == null || message.isEmpty() ? type : type + ": " + message;
    }
}
