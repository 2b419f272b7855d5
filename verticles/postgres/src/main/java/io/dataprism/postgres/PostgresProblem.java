package io.dataprism.postgres;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;

/** What can go wrong: the stable code of each, and whose fault it is. */
enum PostgresProblem {
    BAD_REQUEST("DP-0881", FailureKind.INVALID),
    NO_CONNECTION("DP-0882", FailureKind.INVALID),
    NO_TABLE("DP-0883", FailureKind.FAILED),
    TOO_LARGE("DP-0884", FailureKind.FAILED);

    private final String code;
    private final FailureKind kind;

    PostgresProblem(String code, FailureKind kind) {
        this.code = code;
        this.kind = kind;
    }

    CallException failure(String message) {
        return new CallException(kind, code, "Postgres: " + message, null);
    }
}
