package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** That something of a party's is over, and why, for whoever asks to be told: most never do. Safe to use from any thread. */
final class Ending {
    private boolean over;
    private @Nullable PluginException why;
    private @Nullable Promise<Void> told;

    /** It is over; only the first time counts. */
    void end(@Nullable PluginException reason) {
        Promise<Void> waiting;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            why = reason;
            waiting = told;
        }
        if (waiting != null) {
            tell(waiting, reason);
        }
    }

    /** Succeeds when it ended as its party wanted it, fails with the reason otherwise. */
    Future<Void> told(Supplier<Promise<Void>> promise) {
        Promise<Void> asked;
        PluginException reason;
        boolean now;
        synchronized (this) {
            asked = told == null ? promise.get() : told;
            told = asked;
            now = over;
            reason = why;
        }
        if (now) {
            tell(asked, reason);
        }
        return asked.future();
    }

    private static void tell(Promise<Void> asked, @Nullable PluginException reason) {
        if (reason == null) {
            asked.tryComplete();
        } else {
            asked.tryFail(reason);
        }
    }
}
