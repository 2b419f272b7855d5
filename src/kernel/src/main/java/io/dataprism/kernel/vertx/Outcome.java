package io.dataprism.kernel.vertx;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** How a verticle's start or stop ended. */
final class Outcome {
    private Outcome() {}

    /** A verticle's own method, which may throw, too. */
    @FunctionalInterface
    interface Method {
        Future<?> call() throws Exception;
    }

    /** Call {@code method}, and let {@code outcome} end as it does, unless it has ended already. */
    static void of(Method method, Promise<Object> outcome) {
        try {
            method.call().onComplete(result -> {
                if (result.succeeded()) {
                    outcome.tryComplete();
                } else {
                    outcome.tryFail(result.cause());
                }
            });
        } catch (Throwable failure) {
            outcome.tryFail(failure);
        }
    }
}
