package io.dataprism.child.context;

import io.dataprism.api.Subscription;
import io.dataprism.child.ChildLink;
import io.dataprism.child.wire.Op;
import io.vertx.core.Future;

/** One subscription, or one handler in a channel. */
record ChildSubscription(ChildLink link, GoingOn all, GoingOn.Entry entry, String pattern) implements Subscription {

    @Override
    public long dropped() {
        return link.now(Op.DROPPED, out -> out.i64(entry.number())) instanceof Number count ? count.longValue() : 0;
    }

    @Override
    public Future<Void> cancel() {
        return link.ask(Op.END_SUBSCRIPTION, out -> out.i64(entry.number()));
    }

    @Override
    public Future<Void> ended() {
        return all.ended(entry);
    }
}
