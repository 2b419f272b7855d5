package io.dataprism.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call, channel request or publication that failed, with its kind. Arrives through the future, at once. */
public final class CallException extends PluginException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    public CallException(FailureKind kind, String message) {
        this(kind, kind.code(), message, null);
    }

    public CallException(FailureKind kind, String message, @Nullable Throwable cause) {
        this(kind, kind.code(), message, cause);
    }

    /** With the code of the failure behind it, where there is a better one than the kind's. */
    public CallException(FailureKind kind, String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        // Whoever gets it asks for its kind, the kernel as well as other plugins.
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public FailureKind kind() {
        return kind;
    }
}
