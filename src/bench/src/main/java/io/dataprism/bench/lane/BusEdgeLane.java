package io.dataprism.bench.lane;

import io.dataprism.bench.plugin.TopicReceiver;
import io.dataprism.bench.plugin.TopicSender;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Over the kernel's edge: from a plugin to consumers that host code has on the raw bus, or from host code's raw bus to plugins. */
final class BusEdgeLane implements MessageLane {
    private static final String TOPIC = "bench.topic";
    private static final String ADDRESS = "event:" + TOPIC;

    private final KernelNode node = new KernelNode();
    private final boolean fromPlugin;
    private Executor sender = step -> {
        throw Lanes.notOpen();
    };
    private Consumer<Object> send = body -> {
        throw Lanes.notOpen();
    };

    BusEdgeLane(boolean fromPlugin) throws Exception {
        this.fromPlugin = fromPlugin;
    }

    @Override
    public void open(List<Consumer<Object>> receivers) throws Exception {
        if (fromPlugin) {
            openFromPlugin(receivers);
        } else {
            openToPlugins(receivers);
        }
    }

    private void openFromPlugin(List<Consumer<Object>> receivers) throws Exception {
        for (Consumer<Object> receiver : receivers) {
            node.deploy(new VerticleBase() {
                @Override
                public Future<?> start() {
                    return vertx.eventBus()
                            .consumer(ADDRESS, message -> receiver.accept(message.body()))
                            .completion();
                }
            });
        }
        BiConsumer<Executor, Consumer<Object>> driver = (executor, sending) -> {
            sender = executor;
            send = sending;
        };
        node.leave("sender", driver);
        node.run("sender", TopicSender.class, new JsonObject().put("topic", TOPIC), List.of("event-publish:" + TOPIC));
    }

    private void openToPlugins(List<Consumer<Object>> receivers) throws Exception {
        for (int i = 0; i < receivers.size(); i++) {
            node.leave("receiver-" + i, receivers.get(i));
            node.run(
                    "receiver-" + i,
                    TopicReceiver.class,
                    new JsonObject().put("topic", TOPIC),
                    List.of("event-subscribe:" + TOPIC));
        }
        CompletableFuture<Context> made = new CompletableFuture<>();
        node.deploy(new VerticleBase() {
            @Override
            public Future<?> start() {
                made.complete(context);
                return Future.succeededFuture();
            }
        });
        Context host = made.get(20, TimeUnit.SECONDS);
        EventBus bus = node.vertx().eventBus();
        sender = step -> host.runOnContext(go -> step.run());
        send = body -> bus.publish(ADDRESS, body);
    }

    @Override
    public void execute(Runnable step) {
        sender.execute(step);
    }

    @Override
    public void send(Object body) {
        send.accept(body);
    }

    @Override
    public void close() throws Exception {
        node.close();
    }
}
