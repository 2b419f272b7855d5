package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.text.OneLine;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A copy of what a plugin threw, made in its slice: texts and stack trace, but none of its objects, whose methods could do anything
 * and whose class would keep its loader alive.
 */
public final class SafeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 5;
    private static final int LONGEST = 2_000;
    private static final int LONGEST_NAME = 200;
    private static final int MOST_FRAMES = 200;
    private static final int LONGEST_CODE = 40;
    private static final Pattern CODE = Pattern.compile("(DP-\\d{4})?");

    private final String type;
    private final String said;
    private final String code;
    private final @Nullable FailureKind kind;
    /** Plugins get it as a cause, and must not write into it what a log then shows. */
    private transient boolean whole;

    private SafeFailure(
            String type, String message, String code, @Nullable FailureKind kind, @Nullable SafeFailure cause) {
        // This is what a log shows.
        super(OneLine.of(message, LONGEST), cause, false, true);
        this.said = message;
        this.type = OneLine.of(type, LONGEST_NAME);
        this.code = CODE.matcher(code).matches() ? code : OneLine.of(code, LONGEST_CODE);
        this.kind = kind;
    }

    /** Copy {@code failure}. Calls its methods: only in the slice of the plugin that threw it. */
    public static SafeFailure copy(Throwable failure) {
        return copy(failure, DEEPEST);
    }

    /** What a handler on another node threw, of which only the text came here. */
    static SafeFailure elsewhere(String message) {
        SafeFailure failure = new SafeFailure("a failure on another node", cut(message), "", null, null);
        return failure.with(new StackTraceElement[0]);
    }

    /** What was thrown in another process, of which only this was told; bounded like any other. */
    public static SafeFailure told(
            String type, String message, String code, List<StackTraceElement> frames, @Nullable SafeFailure cause) {
        SafeFailure failure = new SafeFailure(type, cut(message), code, null, cause);
        return failure.with(frames(frames.toArray(new StackTraceElement[0])));
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
            return copied.with(frames(failure.getStackTrace()));
        } catch (Throwable worse) {
            SafeFailure unread = new SafeFailure(
                    type, "(its message could not be read: " + worse.getClass().getName() + ")", "", null, null);
            return unread.with(new StackTraceElement[0]);
        }
    }

    private SafeFailure with(StackTraceElement[] frames) {
        super.setStackTrace(frames);
        whole = true;
        return this;
    }

    /** Does nothing once it is made: what a log shows of it is what was thrown. */
    @Override
    public void setStackTrace(StackTraceElement[] frames) {
        if (!whole) {
            super.setStackTrace(frames);
        }
    }

    /** Nothing of where it was copied: the names on that stack may be the plugin's. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** As many as somebody reads, and each on a line: whoever throws makes them up as it likes. */
    private static StackTraceElement[] frames(StackTraceElement[] given) {
        StackTraceElement[] copied = new StackTraceElement[Math.min(given.length, MOST_FRAMES)];
        for (int i = 0; i < copied.length; i++) {
            StackTraceElement frame = given[i];
            String file = frame.getFileName();
            copied[i] = new StackTraceElement(
                    frame.getClassLoaderName() == null ? null : OneLine.of(frame.getClassLoaderName(), LONGEST_NAME),
                    frame.getModuleName() == null ? null : OneLine.of(frame.getModuleName(), LONGEST_NAME),
                    frame.getModuleVersion() == null ? null : OneLine.of(frame.getModuleVersion(), LONGEST_NAME),
                    OneLine.of(frame.getClassName(), LONGEST_NAME),
                    OneLine.of(frame.getMethodName(), LONGEST_NAME),
                    file == null ? null : OneLine.of(file, LONGEST_NAME),
                    frame.getLineNumber());
        }
        return copied;
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

    /** The message alone, as it was, or the class where there is none. */
    public String text() {
        return said.isEmpty() ? type : said;
    }

    /** The same fit for one line of a log. */
    public String line() {
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
