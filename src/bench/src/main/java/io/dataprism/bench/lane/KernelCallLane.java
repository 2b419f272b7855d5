package io.dataprism.bench.lane;

import io.dataprism.bench.plugin.Asker;
import io.dataprism.bench.plugin.Echo;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A plugin calls another's capability, in a whole kernel. */
final class KernelCallLane implements CallLane {
    private final KernelNode node = new KernelNode();
    private Executor caller = step -> {
        throw Lanes.notOpen();
    };
    private BiConsumer<Object, BiConsumer<@Nullable Object, @Nullable Throwable>> ask = (body, answered) -> {
        throw Lanes.notOpen();
    };

    KernelCallLane() throws Exception {}

    @Override
    public void open() throws Exception {
        BiConsumer<Executor, BiConsumer<Object, BiConsumer<@Nullable Object, @Nullable Throwable>>> driver =
                (executor, asking) -> {
                    caller = executor;
                    ask = asking;
                };
        node.leave("asker", driver);
        node.run("echo", Echo.class, new JsonObject(), List.of(), "echo");
        node.run("asker", Asker.class, new JsonObject().put("to", "echo"), List.of("call:echo:echo"));
    }

    @Override
    public void execute(Runnable step) {
        caller.execute(step);
    }

    @Override
    public void call(Object body, BiConsumer<@Nullable Object, @Nullable Throwable> answered) {
        ask.accept(body, answered);
    }

    @Override
    public void close() throws Exception {
        node.close();
    }
}
