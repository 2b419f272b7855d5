package io.dataprism.kernel.context;

import io.vertx.core.http.HttpClientRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one call has under way. A connection is not kept for what nobody waits for any more. In the plugin's slices, but for {@link #look}. */
final class Exchange {
    private final Reach reach;
    private final Reached reached;
    private final Consumer<Throwable> refused;
    private @Nullable HttpClientRequest current;
    private boolean over;
    private volatile @Nullable Destination place;

    /** @param refused told when what it does is not allowed any more, on any thread */
    Exchange(Reach reach, Reached reached, Consumer<Throwable> refused) {
        this.reach = reach;
        this.reached = reached;
        this.refused = refused;
    }

    /** It goes there next. */
    void to(Destination next) {
        place = next;
        look();
    }

    /** {@code request} is what it does there. */
    HttpClientRequest with(HttpClientRequest request, Destination there) {
        current = request;
        reached.add(request.connection(), there);
        if (over) {
            request.reset();
        }
        return request;
    }

    void giveUp() {
        over = true;
        if (current != null) {
            current.reset();
        }
    }

    /** End it where it is not allowed any more; from any thread. */
    void look() {
        Destination now = place;
        if (now != null && !reach.isAllowed(now)) {
            refused.accept(reach.refusal(now));
        }
    }
}
