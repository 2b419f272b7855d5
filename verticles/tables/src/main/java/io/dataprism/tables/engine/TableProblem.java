package io.dataprism.tables.engine;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import org.jspecify.annotations.Nullable;

/** What can go wrong with tables: the stable code of each, and whether the caller's request is at fault. */
public enum TableProblem {
    NO_SUCH_TABLE("DP-0710", FailureKind.INVALID),
    NO_SUCH_COLUMN("DP-0711", FailureKind.INVALID),
    BAD_SQL("DP-0712", FailureKind.INVALID),
    FORBIDDEN_SQL("DP-0713", FailureKind.DENIED),
    BAD_OPERATION("DP-0714", FailureKind.INVALID),
    BAD_RULE("DP-0715", FailureKind.INVALID),
    BAD_OPTION("DP-0716", FailureKind.INVALID),
    UNREADABLE("DP-0717", FailureKind.FAILED),
    BAD_ROWS("DP-0718", FailureKind.FAILED),
    UNWRITABLE("DP-0719", FailureKind.FAILED),
    LATE("DP-0720", FailureKind.LATE),
    FULL("DP-0721", FailureKind.FAILED),
    STOPPED("DP-0722", FailureKind.CANCELLED),
    ENGINE("DP-0723", FailureKind.FAILED);

    private final String code;
    private final FailureKind kind;

    TableProblem(String code, FailureKind kind) {
        this.code = code;
        this.kind = kind;
    }

    public String code() {
        return code;
    }

    public CallException failure(String message) {
        return failure(message, null);
    }

    public CallException failure(String message, @Nullable Throwable cause) {
        return new CallException(kind, code, message, cause);
    }
}
