package io.dataprism.kernel.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whom a call waits for, through the calls that were made for it. */
final class WaitChain {
    private static final int LONGEST = 32;

    private WaitChain() {}

    /** A sentence that names them, and the circle where there is one; nothing where nobody called anybody else for it. */
    static Optional<String> of(PendingReply<?> call) {
        List<String> labels = new ArrayList<>(List.of(call.from.caller.label()));
        @Nullable PendingReply<?> at = call;
        // What is awaited elsewhere, or until somebody was started, has no receiver here.
        while (at != null && at.receiver() != at.from && labels.size() < LONGEST) {
            String label = at.receiver().caller.label();
            boolean again = labels.contains(label);
            labels.add(label);
            if (again) {
                return Optional.of("The calls wait in a circle: " + String.join(" -> ", labels) + ".");
            }
            at = madeFor(at);
        }
        return labels.size() > 2
                ? Optional.of("It waits in turn: " + String.join(" -> ", labels) + ".")
                : Optional.empty();
    }

    private static @Nullable PendingReply<?> madeFor(PendingReply<?> call) {
        return call.receiver().pending.find(reply -> reply.cause == call);
    }
}
