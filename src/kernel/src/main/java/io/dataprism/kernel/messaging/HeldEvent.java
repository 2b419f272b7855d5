package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Publication;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event at those of its receivers that hold it outside their full mailboxes, until all have taken or lost it. Safe to use from any thread. */
final class HeldEvent {
    private int open;
    private int admitted;
    private final List<Publication.Refusal> lost = new ArrayList<>();
    private @Nullable Promise<Publication> waiting;
    private @Nullable Publication others;

    /** One more receiver is asked to take or hold it; one of the others is called once for it. */
    synchronized void ask() {
        open++;
    }

    void admitted() {
        settle(null);
    }

    void lost(Caller by, FailureKind kind, String why) {
        settle(new Publication.Refusal(by, kind, why));
    }

    /** The publisher is told outside the lock. */
    private void settle(Publication.@Nullable Refusal refusal) {
        Promise<Publication> told;
        Publication all;
        synchronized (this) {
            if (refusal == null) {
                admitted++;
            } else {
                lost.add(refusal);
            }
            open--;
            if (open > 0 || waiting == null || others == null) {
                return;
            }
            told = waiting;
            all = all(others);
        }
        told.tryComplete(all);
    }

    private Publication all(Publication rest) {
        List<Publication.Refusal> refused = new ArrayList<>(rest.refused());
        refused.addAll(lost);
        return new Publication(rest.accepted() + admitted, refused, rest.woken());
    }

    /** Complete once nobody holds it any more, with what {@code rest} says of the other receivers besides. */
    synchronized Future<Publication> future(Party publisher, Publication rest) {
        if (open == 0) {
            return publisher.succeeded(all(rest));
        }
        others = rest;
        waiting = publisher.promise();
        return waiting.future();
    }
}
