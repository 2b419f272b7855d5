package io.dataprism.cluster.delivery;

import static io.dataprism.cluster.delivery.ContractNode.await;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Channel;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Publication;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * From a plugin to host code that consumes on the raw event bus. The bus has no bound and tells a publisher nothing; a call goes another way
 * to it than an event, and who unregisters tells nobody.
 */
final class PluginToBusTest extends DeliveryContract {
    private static final int FAILED = 305;

    private final Vertx vertx = Vertx.vertx();
    private final ContractNode node = new ContractNode("here", vertx);
    private final ContractNode.Plugin plugin =
            node.plugin("sender", Capabilities.none(), "event-publish:**", "channel:talk");
    private final Channel talk =
            await(plugin.run(() -> plugin.endpoint().channels().create("talk", Set.of("host", "operator"))));
    private final Sender sender = new ChannelSender(plugin, talk);
    private final List<MessageConsumer<?>> consumers = new ArrayList<>();
    private final Promise<Context> place = Promise.promise();

    /** Host code in a worker's context, which may be held up. */
    private final class Raw extends VerticleBase {
        @Override
        public Future<?> start() {
            consume("channel:talk:host", message -> {
                JsonObject asked = ((JsonObject) message.body()).getJsonObject("message");
                answer(asked.getString("capability"), asked.getValue("body"), message);
            });
            place.complete(context);
            return Future.succeededFuture();
        }

        private void answer(String capability, @Nullable Object body, Message<Object> message) {
            switch (capability) {
                case "record" -> {
                    got.add(body);
                    message.reply("recorded");
                }
                case "never" -> got.add("begun");
                default -> message.fail(FAILED, "broken");
            }
        }
    }

    /** Host code has no capabilities: what it is asked, it is asked in a channel. */
    private record ChannelSender(ContractNode.Plugin plugin, Channel channel) implements Sender {
        @Override
        public Future<Publication> publish(String topic, @Nullable Object body) {
            return plugin.run(() -> plugin.endpoint().events().publish(topic, body));
        }

        @Override
        public Future<Object> call(String capability, @Nullable Object body, CallOptions options) {
            // The operator is admitted and not there.
            String to = capability.equals("nothing") ? "operator" : "host";
            JsonObject asked = new JsonObject().put("capability", capability).put("body", body);
            return plugin.run(() -> channel.request(to, asked, options));
        }
    }

    /** One who is no participant of the channel. */
    private record Stranger(ContractNode.Plugin plugin) implements Sender {
        @Override
        public Future<Publication> publish(String topic, @Nullable Object body) {
            return plugin.run(() -> plugin.endpoint().events().publish(topic, body));
        }

        @Override
        public Future<Object> call(String capability, @Nullable Object body, CallOptions options) {
            return plugin.run(() -> plugin.endpoint().channels().join("talk"))
                    .compose(joined -> joined.request("host", body, options));
        }
    }

    private void consume(String address, Consumer<Message<Object>> handler) {
        consumers.add(vertx.eventBus().consumer(address, handler::accept));
    }

    @BeforeEach
    void deploy() {
        await(vertx.deployVerticle(new Raw(), new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
    }

    @AfterEach
    void close() {
        node.close();
        await(vertx.close());
    }

    @Override
    Sender sender() {
        return sender;
    }

    @Override
    List<Sender> denied() {
        return List.of(
                new Stranger(node.plugin("stranger", Capabilities.none(), "event-publish:other", "channel:talk")));
    }

    @Override
    void receive(String topic, Consumer<@Nullable Object> handler) {
        Promise<Void> done = Promise.promise();
        await(place.future()).runOnContext(go -> {
            consume("event:" + topic, message -> handler.accept(message.body()));
            done.complete();
        });
        await(done.future());
    }

    @Override
    Runnable block() throws Exception {
        return ContractNode.block(await(place.future()));
    }

    @Override
    void stopReceiver() {
        consumers.forEach(consumer -> await(consumer.unregister()));
    }

    @Override
    long refused() {
        return 0;
    }

    @Override
    FailureKind missing() {
        return FailureKind.NOT_RUNNING;
    }

    @Override
    boolean ordersKinds() {
        return false;
    }

    @Override
    boolean isBounded() {
        return false;
    }

    @Override
    boolean tellsPublisher() {
        return false;
    }

    @Override
    boolean tellsCallerOfEnd() {
        return false;
    }
}
