package io.dataprism.kernel.process;

import io.dataprism.api.PluginException;
import io.dataprism.api.Subscription;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.WireFailure;
import io.vertx.core.Future;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The subscriptions and handlers in channels that a child has, by the numbers that it gave them. Safe to use from any thread. */
final class Subscribed {
    private final ProcessLink link;
    private final ConcurrentMap<Long, Subscription> all = new ConcurrentHashMap<>();

    Subscribed(ProcessLink link) {
        this.link = link;
    }

    void offer(Offered offered) {
        offered.with(Op.END_SUBSCRIPTION, (in, number) -> cancel(in.i64()));
    }

    void requireNew(long number) {
        if (all.containsKey(number)) {
            throw taken(number);
        }
    }

    private static PluginException taken(long number) {
        return new PluginException("DP-0982", "A subscription has the number " + number + " already.");
    }

    void add(long number, Subscription made) {
        if (all.putIfAbsent(number, made) != null) {
            // Asked for twice while the first was under way.
            made.cancel();
            throw taken(number);
        }
        made.ended().onComplete(end -> {
            all.remove(number, made);
            tellEnd(link, number, end.cause());
        });
    }

    /** What has the number has ended; null: since it was asked to. */
    static void tellEnd(ProcessLink link, long number, @Nullable Throwable why) {
        link.tell(Op.ENDED, number, out -> {
            out.flag(why != null);
            if (why != null) {
                WireFailure.of(why).write(out);
            }
        });
    }

    private Future<Void> cancel(long number) {
        Subscription known = all.get(number);
        return known == null ? Future.succeededFuture() : known.cancel();
    }

    /** How many messages were dropped of it. On any thread. */
    long dropped(long number) {
        Subscription known = all.get(number);
        return known == null ? 0 : known.dropped();
    }
}
