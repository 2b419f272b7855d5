package io.dataprism.child.context;

import io.dataprism.child.ChildLink;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.WireFailure;
import io.dataprism.child.wire.WireInput;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What goes on until it is ended, by either side: subscriptions, handlers in channels, watches. Each has a number, which the kernel says when something
 * comes for it. Safe to use from any thread.
 */
final class GoingOn {
    private final ChildLink link;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentMap<Long, Entry> entries = new ConcurrentHashMap<>();

    /**
     * One of them.
     *
     * @param handler takes what comes
     */
    record Entry(long number, Object handler, Promise<Void> ended) {}

    GoingOn(ChildLink link) {
        this.link = link;
    }

    Entry begin(Object handler) {
        Entry entry =
                new Entry(numbers.incrementAndGet(), handler, link.slices().promise());
        entries.put(entry.number, entry);
        return entry;
    }

    /** It never began. */
    void forget(Entry entry) {
        entries.remove(entry.number);
    }

    /** What takes what comes for {@code number}; null where that has ended. */
    @Nullable
    Object handler(long number) {
        Entry entry = entries.get(number);
        return entry == null ? null : entry.handler;
    }

    Future<Void> ended(Entry entry) {
        return entry.ended.future();
    }

    /** The kernel says that it has ended. */
    void ended(long number, WireInput in) throws MalformedFrameException {
        Entry entry = entries.remove(number);
        if (entry != null) {
            if (in.flag()) {
                entry.ended.tryFail(WireFailure.read(in).thrown());
            } else {
                entry.ended.tryComplete();
            }
        }
    }
}
