package io.dataprism.faults.plugin;

import io.dataprism.api.Call;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.api.Publication;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Publishes more than anybody reads, and counts what it is told of each event. */
public final class Flood implements Plugin {
    private static final int SIZE = 1_000;
    private static final int AT_ONCE = 500;

    private PluginContext context;
    private Promise<JsonObject> done;
    private long wanted;
    private long sent;
    private long told;
    private long accepted;
    private long refused;
    private long failed;
    private long held;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("pour", this::pour);
    }

    private Future<JsonObject> pour(Call call) {
        wanted = call.json().getLong("events");
        sent = 0;
        told = 0;
        accepted = 0;
        refused = 0;
        failed = 0;
        held = 0;
        done = context.promise();
        context.execute(this::more);
        return done.future();
    }

    private void more() {
        for (int i = 0; i < AT_ONCE && sent < wanted; i++) {
            sent++;
            Future<Publication> one = context.events().publish("flood", Buffer.buffer(new byte[SIZE]));
            held += one.isComplete() ? 0 : 1;
            one.onComplete(this::take);
        }
        if (sent < wanted) {
            context.execute(this::more);
        }
    }

    private void take(AsyncResult<Publication> result) {
        told++;
        if (result.failed()) {
            failed++;
        } else if (result.result().refused().isEmpty()) {
            accepted++;
        } else {
            refused++;
        }
        if (told == wanted) {
            done.complete(new JsonObject()
                    .put("sent", sent)
                    .put("accepted", accepted)
                    .put("refused", refused)
                    .put("failed", failed)
                    .put("held", held));
        }
    }
}
