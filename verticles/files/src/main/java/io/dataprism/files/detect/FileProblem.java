package io.dataprism.files.detect;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import org.jspecify.annotations.Nullable;

/** What can go wrong with files: the stable code of each, and whose fault it is. */
public enum FileProblem {
    EMPTY("DP-0750", FailureKind.FAILED),
    UNKNOWN_FORMAT("DP-0751", FailureKind.FAILED),
    BAD_OPTION("DP-0752", FailureKind.INVALID),
    UNREADABLE("DP-0753", FailureKind.FAILED),
    NO_CONNECTION("DP-0754", FailureKind.INVALID),
    OUTSIDE("DP-0755", FailureKind.DENIED),
    UNREACHABLE("DP-0756", FailureKind.FAILED);

    private final String code;
    private final FailureKind kind;

    FileProblem(String code, FailureKind kind) {
        this.code = code;
        this.kind = kind;
    }

    public CallException failure(String message) {
        return failure(message, null);
    }

    public CallException failure(String message, @Nullable Throwable cause) {
        return new CallException(kind, code, "Files: " + message, cause);
    }
}
