package io.dataprism.api;

import io.vertx.core.Future;

/**
 * A plugin that can be asked whether it is well. Its class implements this beside {@link Plugin}. Both are asked in its slices from its start on, again and
 * again ({@code supervision.probe} in the manifest; each 10 s), each with a deadline (2 s); be quick, and ask nobody who is slow. A plugin with {@code
 * idleStop} is not asked, since it would never idle.
 *
 * <pre>{@code
 * public final class Prices implements Plugin, Probed {
 *     private boolean loaded;
 *
 *     public Future<Void> ready() {
 *         return loaded ? Future.succeededFuture() : Future.failedFuture("the prices are still being loaded");
 *     }
 * }
 * }</pre>
 */
public interface Probed {

    /**
     * Whether it works at all. When it fails, throws or does not answer in time, several times in a row, that is a failure of the plugin: it is stopped,
     * and started again as its supervision says.
     */
    default Future<Void> alive() throws Exception {
        return Future.succeededFuture();
    }

    /**
     * Whether it can do what others ask of it now. While it fails, throws or does not answer in time, calls of others fail at once with {@link
     * FailureKind#NOT_RUNNING} and the reason; events and messages arrive all the same, and nothing is restarted.
     */
    default Future<Void> ready() throws Exception {
        return Future.succeededFuture();
    }
}
