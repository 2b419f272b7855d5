package io.dataprism.bench.lane;

import io.dataprism.api.Plugin;
import io.dataprism.bench.plugin.Asker;
import io.dataprism.bench.plugin.Echo;
import io.dataprism.bench.plugin.StreamAsker;
import io.dataprism.bench.plugin.Streamer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A plugin calls another's capability, in a whole kernel; the answer is a single one or a stream. */
final class KernelCallLane implements CallLane {
    private final KernelNode node;
    private final String capability;
    private final Class<? extends Plugin> asked;
    private final Class<? extends Plugin> asking;
    private Executor caller = step -> {
        throw Lanes.notOpen();
    };
    private BiConsumer<Object, BiConsumer<@Nullable Object, @Nullable Throwable>> ask = (body, answered) -> {
        throw Lanes.notOpen();
    };

    /** @param capability the name of the plugin that is asked, too */
    private KernelCallLane(
            KernelNode node, String capability, Class<? extends Plugin> asked, Class<? extends Plugin> asking) {
        this.node = node;
        this.capability = capability;
        this.asked = asked;
        this.asking = asking;
    }

    static KernelCallLane single() throws Exception {
        return new KernelCallLane(new KernelNode(), "echo", Echo.class, Asker.class);
    }

    /** In a kernel that checks what plugins call. */
    static KernelCallLane checked() throws Exception {
        return new KernelCallLane(new KernelNode(true), "echo", Echo.class, Asker.class);
    }

    static KernelCallLane streaming() throws Exception {
        return new KernelCallLane(new KernelNode(), "stream", Streamer.class, StreamAsker.class);
    }

    @Override
    public void open() throws Exception {
        BiConsumer<Executor, BiConsumer<Object, BiConsumer<@Nullable Object, @Nullable Throwable>>> driver =
                (executor, way) -> {
                    caller = executor;
                    ask = way;
                };
        node.leave("asker", driver);
        node.run(capability, asked, new JsonObject(), List.of(), capability);
        JsonObject to = new JsonObject().put("to", capability);
        node.run("asker", asking, to, List.of("call:" + capability + ":" + capability));
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
