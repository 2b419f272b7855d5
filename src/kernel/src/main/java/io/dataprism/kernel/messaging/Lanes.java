package io.dataprism.kernel.messaging;

import io.dataprism.api.SubscribeOptions;
import io.dataprism.kernel.vertx.OverflowLane;
import org.jspecify.annotations.Nullable;

/** What a receiver's choice for its full mailbox is to the mailbox. */
final class Lanes {
    private Lanes() {}

    /** Null: what finds no room is refused. */
    static @Nullable OverflowLane of(SubscribeOptions options) {
        return switch (options.whenFull()) {
            case REFUSE -> null;
            case HOLD -> new OverflowLane(OverflowLane.Choice.HOLD, options.waiting());
            case KEEP_LATEST -> new OverflowLane(OverflowLane.Choice.LATEST, 1);
            case DROP_OLDEST -> new OverflowLane(OverflowLane.Choice.OLDEST, options.waiting());
        };
    }
}
