package io.dataprism.gateway;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.logging.LogLimit;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what the kernel or a plugin failed with into what a client may read. What the kernel says of a call's kind is safe; what a
 * handler threw is not, and goes to the log under a number that the client is given; of many for one user the log has the first ones of each minute,
 * since any user may call again what fails. One for a gateway, so that a user gets no more lines by more sockets. Safe to use from any thread.
 */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int LONGEST = 300;
    /** Plugin not authorized for this channel. */
    private static final String NOT_IN_CHANNEL = "DP-0401";

    /** Of what its user keeps, or the node, there is too much. */
    private static final Set<String> KEPT_TOO_MUCH = Set.of("DP-0424", "DP-0425");

    private final LogLimit logged = new LogLimit();

    Failure of(Throwable cause, String address, String user) {
        if (cause instanceof FrameException frame) {
            return frame.failure();
        }
        if (cause instanceof PermissionDeniedException denied) {
            return denied(denied.code(), address);
        }
        if (cause instanceof CallException call) {
            return ofCall(call, address, user);
        }
        if (cause instanceof PluginException known && known.code().equals(NOT_IN_CHANNEL)) {
            return denied(known.code(), address);
        }
        if (cause instanceof PluginException known && KEPT_TOO_MUCH.contains(known.code())) {
            return new Failure(
                    known.code(),
                    FailureKind.BUSY,
                    "There is no room for a last value of " + address
                            + ". Publish null, retained, to topics whose value nobody needs any more.");
        }
        return unexpected(
                cause,
                cause instanceof PluginException known ? known.code() : FailureKind.FAILED.code(),
                address,
                user);
    }

    private Failure ofCall(CallException call, String address, String user) {
        return switch (call.kind()) {
            case DENIED -> denied(call.code(), address);
            case NO_SUCH_CAPABILITY -> told(call, address + " is offered by no plugin");
            case NOT_RUNNING -> told(call, "The plugin behind " + address + " does not run");
            case LATE -> told(call, address + " did not answer in time");
            case BUSY -> told(call, address + " has too much to do; try again later");
            case CANCELLED -> told(call, address + " was stopped meanwhile");
            case INVALID -> new Failure(call.code(), call.kind(), printable(Objects.toString(call.getMessage(), "")));
            case FAILED -> unexpected(call, call.code(), address, user);
        };
    }

    private static Failure denied(String code, String address) {
        return new Failure(code, FailureKind.DENIED, "You may not use " + address + ". Ask the operator for a grant.");
    }

    private static Failure told(CallException call, String text) {
        return new Failure(call.code(), call.kind(), text + ".");
    }

    private Failure unexpected(Throwable cause, String code, String address, String user) {
        String number = UUID.randomUUID().toString().substring(0, 8);
        boolean said = logged.say(
                user, more -> LOG.warn("Bridge failure {} at {} for user {}{}", number, address, user, more, cause));
        String where = said
                ? "The node's log has the cause under number " + number + "."
                : "So much failed for you that the node's log left the cause out. Try again in a minute.";
        return new Failure(code, FailureKind.FAILED, address + " failed. " + where);
    }

    private static String printable(String message) {
        String head = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
        return head.codePoints()
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
