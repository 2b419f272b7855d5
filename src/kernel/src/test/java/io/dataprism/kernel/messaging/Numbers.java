package io.dataprism.kernel.messaging;

import io.dataprism.api.StreamSource;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Streams numbers, or what is made of them, up to an end, and counts what it is asked for. */
final class Numbers implements StreamSource<Object> {
    final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final int end;
    private final IntFunction<Future<Object>> item;

    Numbers(int end, IntFunction<Future<Object>> item) {
        this.end = end;
        this.item = item;
    }

    static Numbers to(int end) {
        return new Numbers(end, Future::succeededFuture);
    }

    static Numbers endless() {
        return to(Integer.MAX_VALUE);
    }

    @Override
    public Future<Optional<Object>> next() {
        int number = asked.getAndIncrement();
        return number < end ? item.apply(number).map(Optional::of) : Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Void> close() {
        closed.countDown();
        return Future.succeededFuture();
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    void awaitClose() throws InterruptedException {
        if (!closed.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("The source was not closed within 20 s.");
        }
    }
}
