package io.dataprism.bench.lane;

import io.dataprism.api.Plugin;
import io.dataprism.bench.plugin.ChannelReceiver;
import io.dataprism.bench.plugin.ChannelSender;
import io.dataprism.bench.plugin.PatternHolder;
import io.dataprism.bench.plugin.TopicReceiver;
import io.dataprism.bench.plugin.TopicSender;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** From a plugin to plugins, each from a jar of its own in a whole kernel. */
final class KernelLane implements MessageLane {
    private static final String TOPIC = "bench.topic";
    private static final String CHANNEL = "bench";

    /** How it is sent. */
    enum Way {
        TOPIC,
        CHANNEL_SEND,
        CHANNEL_BROADCAST
    }

    private final KernelNode node;
    private final Way way;
    private final int patterns;
    private Executor sender = step -> {
        throw Lanes.notOpen();
    };
    private Consumer<Object> send = body -> {
        throw Lanes.notOpen();
    };

    /** @param patterns how many subscriptions that match nothing are held beside */
    KernelLane(Way way, int patterns) throws Exception {
        this.node = new KernelNode();
        this.way = way;
        this.patterns = patterns;
    }

    @Override
    public void open(List<Consumer<Object>> receivers) throws Exception {
        if (patterns > 0) {
            JsonObject count = new JsonObject().put("count", patterns);
            node.run("holder", PatternHolder.class, count, List.of("event-subscribe:around.**"));
        }
        BiConsumer<Executor, Consumer<Object>> driver = (executor, sending) -> {
            sender = executor;
            send = sending;
        };
        node.leave("sender", driver);
        if (way == Way.TOPIC) {
            JsonObject config = new JsonObject().put("topic", TOPIC);
            receive(receivers, TopicReceiver.class, config, "event-subscribe:" + TOPIC);
            node.run("sender", TopicSender.class, config, List.of("event-publish:" + TOPIC));
        } else {
            node.run("sender", ChannelSender.class, channel(receivers.size()), List.of("channel:" + CHANNEL));
            receive(receivers, ChannelReceiver.class, new JsonObject().put("channel", CHANNEL), "channel:" + CHANNEL);
        }
    }

    private JsonObject channel(int receivers) {
        JsonArray participants = new JsonArray();
        for (int i = 0; i < receivers; i++) {
            participants.add("receiver-" + i);
        }
        JsonObject config = new JsonObject().put("channel", CHANNEL).put("participants", participants);
        return way == Way.CHANNEL_SEND ? config.put("to", "receiver-0") : config;
    }

    private void receive(
            List<Consumer<Object>> receivers, Class<? extends Plugin> type, JsonObject config, String permission)
            throws Exception {
        for (int i = 0; i < receivers.size(); i++) {
            node.leave("receiver-" + i, receivers.get(i));
            node.run("receiver-" + i, type, config, List.of(permission));
        }
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
