package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.vertx.core.eventbus.ReplyException;
import java.util.Locale;

/**
 * Failures as they look on the bus: the failure code is the number of the error code, so a call's kind is 301 to 308; then the message. Between
 * kernels the kind that a handler itself chose is 1301 to 1308: what the kernel refused may be called again, what a handler refused not.
 */
final class Failures {
    private static final int DIGITS_AT = 3;
    private static final int HANDLERS_OWN = 1_000;

    private Failures() {}

    static int number(FailureKind kind) {
        return number(kind.code());
    }

    static int number(Throwable failure) {
        if (failure instanceof CallException call) {
            return number(call.kind());
        }
        if (failure instanceof PermissionDeniedException) {
            return number(FailureKind.DENIED);
        }
        return failure instanceof PluginException known ? number(known.code()) : number(FailureKind.FAILED);
    }

    /** For a kernel that called. */
    static int numberForKernel(Throwable failure) {
        return number(failure) + (isHandlersOwn(failure) ? HANDLERS_OWN : 0);
    }

    /** Whether a handler failed with this kind, in place of the kernel. */
    static boolean isHandlersOwn(Throwable failure) {
        return failure instanceof CallException && failure.getCause() instanceof SafeFailure;
    }

    private static int number(String code) {
        try {
            return Integer.parseInt(code.substring(DIGITS_AT));
        } catch (RuntimeException other) {
            // A code of another form, which a plugin made up.
            return number(FailureKind.FAILED);
        }
    }

    /**
     * What a reply of another node says, as it was thrown there.
     *
     * @param nobody what it means that no node consumes the address
     */
    static PluginException read(Throwable failure, String what, PluginException nobody) {
        if (!(failure instanceof ReplyException reply)) {
            return new CallException(FailureKind.FAILED, what + " failed on another node: " + failure, failure);
        }
        return switch (reply.failureType()) {
            case NO_HANDLERS -> nobody;
            case TIMEOUT -> new CallException(FailureKind.LATE, "No answer from " + what + " by the deadline.");
            default -> read(reply.failureCode(), String.valueOf(reply.getMessage()));
        };
    }

    /** What another kernel wrote as a number and a message. */
    static PluginException read(int number, String message) {
        for (FailureKind kind : FailureKind.values()) {
            if (number(kind) == number) {
                return new CallException(kind, message);
            }
            if (number(kind) + HANDLERS_OWN == number) {
                return new CallException(kind, kind.code(), message, SafeFailure.elsewhere(message));
            }
        }
        return new PluginException(String.format(Locale.ROOT, "DP-%04d", Math.max(0, number)), message);
    }
}
