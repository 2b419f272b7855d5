package io.dataprism.bench.plugin;

import io.dataprism.api.Calls;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** Reads the stream that {@code stream} of the plugin named in {@code to} answers with to its end, and answers how many items there were. */
public final class StreamAsker implements Plugin {
    private static final int MOST_BYTES = 1 << 20;

    @Override
    public Future<Void> initialize(PluginContext context) {
        BiConsumer<Executor, BiConsumer<Object, BiConsumer<Object, Throwable>>> driver = Meeting.asker(context);
        Calls calls = context.calls();
        String to = context.config().getString("to");
        driver.accept(
                context::execute,
                (body, answered) -> calls.stream(to, "stream", body, ahead((JsonObject) body))
                        .compose(StreamAsker::count)
                        .onComplete(count -> answered.accept(count.result(), count.cause())));
        return Future.succeededFuture();
    }

    private static StreamOptions ahead(JsonObject body) {
        return StreamOptions.DEFAULT.ahead(body.getInteger("window"), MOST_BYTES);
    }

    private static Future<Object> count(StreamReader<Object> stream) {
        int[] read = {0};
        Future<?> next = Future.succeededFuture();
        return stream.each(item -> {
                    read[0]++;
                    return next;
                })
                .map(end -> read[0]);
    }
}
