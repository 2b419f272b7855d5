package io.dataprism.bench.lane;

import io.dataprism.api.Plugin;
import io.dataprism.bench.plugin.ChannelReceiver;
import io.dataprism.bench.plugin.ChannelSender;
import io.dataprism.bench.plugin.Hog;
import io.dataprism.bench.plugin.PatternHolder;
import io.dataprism.bench.plugin.RecordReceiver;
import io.dataprism.bench.plugin.RecordSender;
import io.dataprism.bench.plugin.TopicReceiver;
import io.dataprism.bench.plugin.TopicSender;
import io.dataprism.kernel.ResourceOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.example.reading.Reading;

/** From a plugin to plugins, each from a jar of its own in a whole kernel. */
final class KernelLane implements HogLane {
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
    private final HogTurns hog = new HogTurns();
    private final int patterns;
    private Form form = Form.AS_GIVEN;
    private Executor sender = step -> {
        throw Lanes.notOpen();
    };
    private Consumer<Object> send = body -> {
        throw Lanes.notOpen();
    };

    /** @param patterns how many subscriptions that match nothing are held beside */
    KernelLane(Way way, int patterns) throws Exception {
        this(new KernelNode(), way, patterns);
    }

    private KernelLane(KernelNode node, Way way, int patterns) {
        this.node = node;
        this.way = way;
        this.patterns = patterns;
    }

    /** Over a topic, in a kernel that holds plugins to the shares that it comes with. */
    static KernelLane withDefaults() throws Exception {
        return new KernelLane(new KernelNode(ResourceOptions.DEFAULT), Way.TOPIC, 0);
    }

    /** Over a topic, in a kernel that checks what plugins call. */
    static KernelLane checked() throws Exception {
        return new KernelLane(new KernelNode(true), Way.TOPIC, 0);
    }

    /** Over a topic, in a kernel that keeps an audit log. */
    static KernelLane audited() throws Exception {
        return new KernelLane(KernelNode.audited(), Way.TOPIC, 0);
    }

    @Override
    public void send(Form wanted) {
        form = wanted;
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
        if (form == Form.RECORD) {
            node.share(Reading.class);
            topic(receivers, RecordSender.class, RecordReceiver.class);
        } else if (way == Way.TOPIC) {
            topic(receivers, TopicSender.class, TopicReceiver.class);
        } else {
            node.run("sender", ChannelSender.class, channel(receivers.size()), List.of("channel:" + CHANNEL));
            receive(receivers, ChannelReceiver.class, new JsonObject().put("channel", CHANNEL), "channel:" + CHANNEL);
        }
    }

    private void topic(
            List<Consumer<Object>> receivers, Class<? extends Plugin> sending, Class<? extends Plugin> receiving)
            throws Exception {
        JsonObject config = new JsonObject().put("topic", TOPIC).put("frozen", form == Form.FROZEN);
        receive(receivers, receiving, config, "event-subscribe:" + TOPIC);
        node.run("sender", sending, config, List.of("event-publish:" + TOPIC));
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
    public void startHog() throws Exception {
        node.leave("hog", hog);
        node.run("hog", Hog.class, new JsonObject(), List.of());
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
        hog.stop();
        node.close();
    }
}
