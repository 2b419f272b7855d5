package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Publication;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of one event at its receivers, as the publishing thread learns it. Most say so at once; who may hold it tells {@link HeldEvent}. */
final class Delivered {
    private int accepted;
    private int woken;
    private @Nullable List<Publication.Refusal> refused;
    private @Nullable HeldEvent held;

    void accepted() {
        accepted++;
    }

    /** It starts a plugin, or is kept for one that starts. */
    void woke() {
        woken++;
    }

    void refused(Caller by, FailureKind kind, String why) {
        if (refused == null) {
            refused = new ArrayList<>();
        }
        refused.add(new Publication.Refusal(by, kind, why));
    }

    /** For a receiver that may hold it, before it is offered. */
    HeldEvent held() {
        if (held == null) {
            held = new HeldEvent();
        }
        return held;
    }

    /** Whether somebody may hold it. */
    boolean isHeld() {
        return held != null;
    }

    /** Who refused it last, of those who do not hold it. */
    Optional<Publication.Refusal> lastRefusal() {
        return refused == null ? Optional.empty() : Optional.of(refused.get(refused.size() - 1));
    }

    /** For who watches: how many took it, and how many did not. */
    String text(int receivers) {
        int refusals = refused == null ? 0 : refused.size();
        return refusals == 0 ? receivers + " took it" : receivers - refusals + " took it, " + refusals + " did not";
    }

    boolean isRefused() {
        return refused != null;
    }

    Future<Publication> future(Party publisher) {
        if (refused == null && held == null && woken == 0) {
            return publisher.published(accepted);
        }
        Publication now = new Publication(accepted, refused == null ? List.of() : refused, woken);
        return held == null ? publisher.succeeded(now) : held.future(publisher, now);
    }
}
