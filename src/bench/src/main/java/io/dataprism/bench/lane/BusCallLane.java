package io.dataprism.bench.lane;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Request and reply on the raw Vert.x event bus between verticles, on event loops or on workers. */
final class BusCallLane implements CallLane {
    private static final String ADDRESS = "bench.echo";

    private final BusVerticles verticles;
    private final Context caller;

    BusCallLane(boolean workers) throws Exception {
        verticles = new BusVerticles(workers);
        caller = verticles.context();
    }

    @Override
    public void open() throws Exception {
        verticles.deploy(new VerticleBase() {
            @Override
            public Future<?> start() {
                return vertx.eventBus()
                        .consumer(ADDRESS, message -> message.reply(message.body()))
                        .completion();
            }
        });
    }

    @Override
    public void execute(Runnable step) {
        caller.runOnContext(go -> step.run());
    }

    @Override
    public void call(Object body, BiConsumer<@Nullable Object, @Nullable Throwable> answered) {
        verticles
                .vertx()
                .eventBus()
                .request(ADDRESS, body)
                .onComplete(answer ->
                        answered.accept(answer.succeeded() ? answer.result().body() : null, answer.cause()));
    }

    @Override
    public void close() throws Exception {
        verticles.close();
    }
}
