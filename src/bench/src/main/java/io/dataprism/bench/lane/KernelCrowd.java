package io.dataprism.bench.lane;

import io.dataprism.bench.plugin.TopicReceiver;
import io.dataprism.bench.plugin.TopicSender;
import io.dataprism.kernel.ResourceOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Very many plugins in a kernel with its defaults: one sends, all others receive. Their jars are made beforehand, and all are loaded at once. */
public final class KernelCrowd implements AutoCloseable {
    private static final String TOPIC = "bench.topic";

    private final KernelNode node = new KernelNode(ResourceOptions.DEFAULT);
    private final Deque<KernelNode.Packed> packed = new ArrayDeque<>();
    private Executor sender = step -> {
        throw Lanes.notOpen();
    };
    private Consumer<Object> send = body -> {
        throw Lanes.notOpen();
    };

    /** Make the plugins' jars. */
    public KernelCrowd(List<Consumer<Object>> receivers) throws Exception {
        JsonObject config = new JsonObject().put("topic", TOPIC);
        BiConsumer<Executor, Consumer<Object>> driver = (executor, sending) -> {
            sender = executor;
            send = sending;
        };
        node.leave("sender", driver);
        packed.add(node.pack("sender", TopicSender.class, config, List.of("event-publish:" + TOPIC)));
        for (int i = 0; i < receivers.size(); i++) {
            node.leave("receiver-" + i, receivers.get(i));
            packed.add(node.pack("receiver-" + i, TopicReceiver.class, config, List.of("event-subscribe:" + TOPIC)));
        }
    }

    /** Load the next so many, or what is left, and wait until all of them run. */
    public void open(int most) throws Exception {
        List<Future<?>> loading = new ArrayList<>();
        while (loading.size() < most && !packed.isEmpty()) {
            loading.add(node.load(packed.remove()));
        }
        KernelNode.await(Future.all(loading));
    }

    /** Load all that are left and wait until all run. */
    public void open() throws Exception {
        open(Integer.MAX_VALUE);
    }

    /** One sends {@code body} to all others. */
    public void send(Object body) {
        sender.execute(() -> send.accept(body));
    }

    @Override
    public void close() throws Exception {
        node.close();
    }
}
