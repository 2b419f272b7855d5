package io.dataprism.kernel.messaging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whom a call waits for, through the calls that were made for it, and who waits for the call. */
final class WaitChain {
    private static final int LONGEST = 32;

    private WaitChain() {}

    /** A sentence that names them, and the circle where there is one; nothing where nobody called anybody else for it. */
    static Optional<String> of(PendingReply<?> call) {
        List<String> labels = new ArrayList<>(callers(call));
        int before = labels.size();
        @Nullable PendingReply<?> at = call;
        while (at != null && labels.size() < LONGEST) {
            String next = at.awaited();
            if (next.isEmpty()) {
                break;
            }
            boolean again = labels.contains(next);
            labels.add(next);
            if (again) {
                return Optional.of(circle(labels));
            }
            if (at instanceof RemoteCall<?> remote) {
                Optional<String> circle = remote.circle();
                if (circle.isPresent()) {
                    return circle;
                }
            }
            at = at.receiver() == at.from ? null : madeFor(at);
        }
        return labels.size() > before + 1
                ? Optional.of("It waits in turn: " + String.join(" -> ", labels) + ".")
                : Optional.empty();
    }

    static String circle(List<String> labels) {
        return "The calls wait in a circle: " + String.join(" -> ", labels) + ".";
    }

    private static @Nullable PendingReply<?> madeFor(PendingReply<?> call) {
        return call.receiver().pending.find(reply -> reply.cause == call);
    }

    /** Who waits for {@code call}, on whatever node: the labels from the first to who calls. */
    static List<String> before(PendingReply<?> call) {
        Deque<String> labels = new ArrayDeque<>();
        @Nullable PendingReply<?> at = call;
        while (at != null && labels.size() < LONGEST) {
            List<String> callers = callers(at);
            for (int i = callers.size() - 1; i >= 0; i--) {
                labels.addFirst(callers.get(i));
            }
            at = at.cause;
        }
        return List.copyOf(labels);
    }

    private static List<String> callers(PendingReply<?> call) {
        CallOrigin origin = call.origin();
        return origin == null ? List.of(call.from.caller.label()) : origin.waiting();
    }

    /** The ids of the calls between nodes for which {@code call} is made. */
    static List<String> callsBefore(PendingReply<?> call) {
        Deque<String> ids = new ArrayDeque<>();
        @Nullable PendingReply<?> at = call.cause;
        while (at != null && ids.size() < LONGEST) {
            CallOrigin origin = at.origin();
            if (origin != null) {
                for (int i = origin.calls().size() - 1; i >= 0; i--) {
                    ids.addFirst(origin.calls().get(i));
                }
            }
            at = at.cause;
        }
        return List.copyOf(ids);
    }
}
