package io.dataprism.kernel.lifecycle;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * What must be undone, last first. Every entry runs, whatever the others do; what failed is collected. Owned by the lifecycle
 * thread.
 */
final class Unwind {
    private final Deque<Supplier<Future<Void>>> stack = new ArrayDeque<>();

    /** Remember how to undo what was just done. */
    void push(Supplier<Future<Void>> undo) {
        stack.push(undo);
    }

    /** Undo everything; the failures, in the order in which they happened. */
    Future<List<Throwable>> run() {
        List<Throwable> failures = new ArrayList<>();
        return next(failures).map(failures);
    }

    private Future<Void> next(List<Throwable> failures) {
        Supplier<Future<Void>> undo = stack.poll();
        if (undo == null) {
            return Future.succeededFuture();
        }
        return attempt(undo).transform(done -> {
            if (done.failed()) {
                failures.add(done.cause());
            }
            return next(failures);
        });
    }

    private static Future<Void> attempt(Supplier<Future<Void>> undo) {
        try {
            return undo.get();
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }
}
