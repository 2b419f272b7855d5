package io.dataprism.child.wire;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure as it is told to the other side: texts, no objects.
 *
 * @param type the class of what was thrown
 * @param message empty where there is none
 * @param code of a {@link PluginException}, else empty
 * @param kind of a {@link CallException}
 * @param permission of a {@link PermissionDeniedException}, else empty
 * @param frames where it was thrown
 */
public record WireFailure(
        String type,
        String message,
        String code,
        Optional<FailureKind> kind,
        String permission,
        List<StackTraceElement> frames,
        Optional<WireFailure> cause) {
    private static final int DEEPEST = 4;
    private static final int LONGEST = 4_000;
    private static final int MOST_FRAMES = 60;
    private static final FailureKind[] KINDS = FailureKind.values();

    public WireFailure {
        frames = List.copyOf(frames);
    }

    /** That of {@code thrown}, whose methods are called. */
    public static WireFailure of(Throwable thrown) {
        return of(thrown, DEEPEST);
    }

    private static WireFailure of(Throwable thrown, int depth) {
        String type = thrown.getClass().getName();
        try {
            Throwable cause = thrown.getCause();
            return new WireFailure(
                    type,
                    cut(thrown.getMessage()),
                    thrown instanceof PluginException known ? cut(known.code()) : "",
                    thrown instanceof CallException call ? Optional.of(call.kind()) : Optional.empty(),
                    thrown instanceof PermissionDeniedException denied ? cut(denied.permission()) : "",
                    frames(thrown.getStackTrace()),
                    cause == null || cause == thrown || depth == 0
                            ? Optional.empty()
                            : Optional.of(of(cause, depth - 1)));
        } catch (RuntimeException | StackOverflowError worse) {
            return new WireFailure(
                    type,
                    "(its message could not be read: " + worse.getClass().getName() + ")",
                    "",
                    Optional.empty(),
                    "",
                    List.of(),
                    Optional.empty());
        }
    }

    private static List<StackTraceElement> frames(StackTraceElement[] all) {
        return List.of(all).subList(0, Math.min(all.length, MOST_FRAMES));
    }

    private static String cut(@Nullable String text) {
        return text == null ? "" : text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    @SuppressWarnings("EnumOrdinal") // the order is the wire's
    public void write(WireOutput out) {
        out.text(type).text(message).text(code);
        out.u8(kind.map(FailureKind::ordinal).orElse(KINDS.length));
        out.text(permission).i32(frames.size());
        for (StackTraceElement frame : frames) {
            out.text(frame.getClassName())
                    .text(frame.getMethodName())
                    .text(Optional.ofNullable(frame.getFileName()))
                    .i32(frame.getLineNumber());
        }
        out.flag(cause.isPresent());
        cause.ifPresent(inner -> inner.write(out));
    }

    public static WireFailure read(WireInput in) throws MalformedFrameException {
        return read(in, DEEPEST);
    }

    private static WireFailure read(WireInput in, int depth) throws MalformedFrameException {
        String type = in.text(LONGEST);
        String message = in.text(LONGEST + 1);
        String code = in.text(LONGEST + 1);
        int kind = in.u8();
        if (kind > KINDS.length) {
            throw new MalformedFrameException("a failure of kind " + kind + ", which there is none of");
        }
        String permission = in.text(LONGEST + 1);
        List<StackTraceElement> frames = frames(in);
        boolean hasCause = in.flag();
        if (hasCause && depth == 0) {
            throw new MalformedFrameException("a failure with more than " + DEEPEST + " causes");
        }
        return new WireFailure(
                type,
                message,
                code,
                kind == KINDS.length ? Optional.empty() : Optional.of(KINDS[kind]),
                permission,
                frames,
                hasCause ? Optional.of(read(in, depth - 1)) : Optional.empty());
    }

    private static List<StackTraceElement> frames(WireInput in) throws MalformedFrameException {
        int count = in.count();
        if (count > MOST_FRAMES) {
            throw new MalformedFrameException("a failure with " + count + " frames");
        }
        List<StackTraceElement> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(new StackTraceElement(
                    in.text(), in.text(), in.optionalText().orElse(null), in.i32()));
        }
        return frames;
    }

    /** As a plugin gets it from its facades. */
    public RuntimeException thrown() {
        RuntimeException made = make();
        made.setStackTrace(frames.toArray(new StackTraceElement[0]));
        return made;
    }

    private RuntimeException make() {
        Throwable inner = cause.map(WireFailure::thrown).orElse(null);
        if (kind.isPresent()) {
            return new CallException(kind.get(), code, message, inner);
        }
        if (!permission.isEmpty()) {
            return new PermissionDeniedException(permission, message);
        }
        if (!code.isEmpty()) {
            return new PluginException(code, message, inner);
        }
        return switch (type) {
            case "java.lang.IllegalArgumentException" -> new IllegalArgumentException(message, inner);
            case "java.lang.NullPointerException" -> new NullPointerException(message);
            case "java.lang.SecurityException" -> new SecurityException(message, inner);
            case "java.lang.UnsupportedOperationException" -> new UnsupportedOperationException(message, inner);
            default ->
                new IllegalStateException(
                        type.equals("java.lang.IllegalStateException") ? message : type + ": " + message, inner);
        };
    }
}
