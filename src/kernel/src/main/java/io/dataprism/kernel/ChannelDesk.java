package io.dataprism.kernel;

import io.dataprism.api.Channel;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.messaging.Messaging;
import io.dataprism.kernel.messaging.OpenChannel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The control operations on channels: the operator makes them, and changes and ends whatever channel was made on this node. It hears nothing of
 * what is said there. Safe to use from any thread.
 */
final class ChannelDesk {
    private final Messaging messaging;
    /** Whose channels those are that the operator made: they last as long as it. */
    private final OperatorEndpoint operator;

    ChannelDesk(Messaging messaging, OperatorEndpoint operator) {
        this.messaging = messaging;
        this.operator = operator;
    }

    /** Each operation by its {@code noun:verb}. */
    Map<String, Function<ControlRequest, Future<JsonObject>>> operations() {
        return Map.of(
                "channels:list", request -> Future.succeededFuture(list()),
                "channels:create", this::create,
                "channels:admit", request -> change(request, OpenChannel::admit),
                "channels:expel", request -> change(request, OpenChannel::expel),
                "channels:close", this::close);
    }

    private JsonObject list() {
        JsonArray all = new JsonArray();
        messaging.openChannels().forEach(channel -> all.add(channel.toJson()));
        return new JsonObject().put("channels", all);
    }

    private Future<JsonObject> create(ControlRequest request) {
        String name = request.required("name");
        return operator.get()
                .channels()
                .create(name, new LinkedHashSet<>(request.texts("participants")))
                .onSuccess(ChannelDesk::hearNothing)
                .map(made -> known(request).toJson());
    }

    /** Or what is said to all would wait for somebody who handles it. */
    private static void hearNothing(Channel channel) {
        channel.onMessage(message -> null);
    }

    private Future<JsonObject> change(ControlRequest request, BiConsumer<OpenChannel, String> change) {
        OpenChannel channel = known(request);
        change.accept(channel, request.required("participant"));
        return Future.succeededFuture(channel.toJson());
    }

    private Future<JsonObject> close(ControlRequest request) {
        OpenChannel channel = known(request);
        channel.close();
        return Future.succeededFuture(new JsonObject().put("name", channel.name()));
    }

    private OpenChannel known(ControlRequest request) {
        String name = request.required("name");
        return messaging.openChannels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PluginException(
                        "DP-0804",
                        "No channel '" + PluginException.excerpt(name)
                                + "' was made on this node. The operation channels:list says which were."));
    }
}
