package io.dataprism.kernel.lifecycle;

import io.vertx.core.Promise;

/** A request on its way. Owned by the lifecycle thread. */
final class Operation {
    private final Request request;
    private final Promise<PluginInfo> promise = Promise.promise();
    private boolean begun;

    Operation(Request request) {
        this.request = request;
    }

    Request request() {
        return request;
    }

    Promise<PluginInfo> promise() {
        return promise;
    }

    /** Whether this is the first call. */
    boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }
}
