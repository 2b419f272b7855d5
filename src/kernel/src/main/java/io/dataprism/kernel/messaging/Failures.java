package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.vertx.core.eventbus.ReplyException;

/** Failures as they look on the bus: the kind as the failure code, 301 to 308, and the message. */
final class Failures {
    private static final int DIGITS_AT = 3;

    private Failures() {}

    static int number(FailureKind kind) {
        return Integer.parseInt(kind.code().substring(DIGITS_AT));
    }

    static int number(Throwable failure) {
        if (failure instanceof CallException call) {
            return number(call.kind());
        }
        return number(failure instanceof PermissionDeniedException ? FailureKind.DENIED : FailureKind.FAILED);
    }

    /** What a reply of another node says, as it was thrown there. */
    static CallException read(Throwable failure, String what) {
        if (!(failure instanceof ReplyException reply)) {
            return new CallException(FailureKind.FAILED, what + " failed on another node: " + failure, failure);
        }
        return switch (reply.failureType()) {
            case NO_HANDLERS -> new CallException(FailureKind.NOT_RUNNING, what + " runs on no node.");
            case TIMEOUT -> new CallException(FailureKind.LATE, "No answer from " + what + " by the deadline.");
            default -> new CallException(kind(reply.failureCode()), String.valueOf(reply.getMessage()), null);
        };
    }

    private static FailureKind kind(int number) {
        for (FailureKind kind : FailureKind.values()) {
            if (number(kind) == number) {
                return kind;
            }
        }
        return FailureKind.FAILED;
    }
}
