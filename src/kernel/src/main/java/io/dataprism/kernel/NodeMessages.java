package io.dataprism.kernel;

import io.dataprism.kernel.messaging.Endpoint;
import io.dataprism.kernel.messaging.Messaging;
import io.dataprism.kernel.traffic.DeadLetters;
import io.dataprism.kernel.traffic.Interceptor;
import io.dataprism.kernel.traffic.Sighting;
import io.dataprism.kernel.traffic.Watch;
import io.dataprism.kernel.traffic.WatchOptions;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** {@link Messages} of a node. Safe to use from any thread. */
final class NodeMessages implements Messages {
    private static final int AT_ONCE = 256;

    private final Vertx vertx;
    private final Messaging messaging;
    private final Endpoint host;

    NodeMessages(Vertx vertx, Messaging messaging, Endpoint host) {
        this.vertx = vertx;
        this.messaging = messaging;
        this.host = host;
    }

    @Override
    public Watch watch(WatchOptions options, Handler<Sighting> handler) {
        Context context = vertx.getOrCreateContext();
        Promise<Watch> made = Promise.promise();
        Watch watch = messaging
                .traffic()
                .watch(
                        "The host application",
                        options,
                        () -> made.future()
                                .onSuccess(known -> context.runOnContext(go -> hand(context, known, handler))));
        made.complete(watch);
        return watch;
    }

    private static void hand(Context context, Watch watch, Handler<Sighting> handler) {
        List<Sighting> taken = watch.take(AT_ONCE);
        // Each by itself: what the handler throws at one keeps no other from it.
        taken.forEach(line -> context.runOnContext(go -> handler.handle(line)));
        if (!taken.isEmpty()) {
            context.runOnContext(more -> hand(context, watch, handler));
        }
    }

    @Override
    public Runnable intercept(Interceptor interceptor, Duration within) {
        return messaging.intercept(interceptor, within);
    }

    @Override
    public DeadLetters deadLetters() {
        return messaging.deadLetters();
    }

    @Override
    public JsonObject freeze(JsonObject payload) {
        return host.freeze(payload);
    }

    @Override
    public JsonArray freeze(JsonArray payload) {
        return host.freeze(payload);
    }

    @Override
    public Buffer freeze(Buffer payload) {
        return host.freeze(payload);
    }
}
