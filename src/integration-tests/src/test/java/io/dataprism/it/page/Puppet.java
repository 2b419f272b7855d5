package io.dataprism.it.page;

import io.dataprism.api.Call;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Channel;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.testkit.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A plugin that does through its context what a test tells it to by a call, and tells what it saw. */
public final class Puppet implements Plugin {
    private final Map<String, Channel> channels = new HashMap<>();
    private final JsonArray seen = new JsonArray();
    private PluginContext context;

    /** A puppet of this id that requests what a test needs. */
    static PluginJar jar(String id, String... permissions) {
        return PluginJar.of(id)
                .main(Puppet.class)
                .capabilities(
                        "publish",
                        "subscribe",
                        "unsubscribe",
                        "unsubscribe-all",
                        "seen",
                        "create",
                        "join",
                        "send",
                        "broadcast",
                        "ask",
                        "leave",
                        "call",
                        "check",
                        "request",
                        "allocate",
                        "deallocate",
                        "used",
                        "burn",
                        "config",
                        "store",
                        "stored")
                .requests(permissions);
    }

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("publish", this::publish)
                .and("subscribe", this::subscribe)
                .and("unsubscribe", call -> context.events().unsubscribe(text(call, "pattern")))
                .and("unsubscribe-all", call -> context.events().unsubscribeAll())
                .and("seen", call -> Future.succeededFuture(seen.copy()))
                .and("create", this::create)
                .and("join", call -> context.channels().join(text(call, "name")).compose(this::listen))
                .and(
                        "send",
                        call -> channel(call).send(text(call, "to"), call.json().getValue("message")))
                .and(
                        "broadcast",
                        call -> channel(call)
                                .broadcast(call.json().getValue("message"))
                                .mapEmpty())
                .and(
                        "ask",
                        call -> channel(call)
                                .request(
                                        text(call, "to"),
                                        call.json().getValue("message"),
                                        io.dataprism.api.CallOptions.DEFAULT))
                .and("leave", call -> channel(call).leave())
                .and(
                        "call",
                        call -> context.calls()
                                .call(
                                        text(call, "plugin"),
                                        text(call, "capability"),
                                        call.json().getValue("request")))
                .and(
                        "check",
                        call -> Future.succeededFuture(context.permissions().check(text(call, "permission"))))
                .and("request", call -> context.permissions().request(text(call, "permission")))
                .and(
                        "allocate",
                        call -> Future.succeededFuture(
                                context.memory().allocate(call.json().getLong("bytes"))))
                .and("deallocate", this::deallocate)
                .and("used", call -> Future.succeededFuture(context.memory().used()))
                .and("burn", this::burn)
                .and("config", call -> Future.succeededFuture(context.config()))
                .and("store", call -> context.storage().put(text(call, "key"), Buffer.buffer(text(call, "value"))))
                .and(
                        "stored",
                        call -> context.storage()
                                .get(text(call, "key"))
                                .map(value -> value.map(Buffer::toString).orElse("")));
    }

    /** Use a processor for so many milliseconds. */
    private Future<Object> burn(Call call) {
        long end = System.nanoTime() + call.json().getLong("millis") * 1_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return Future.succeededFuture();
    }

    private static String text(Call call, String field) {
        return call.json().getString(field);
    }

    private Channel channel(Call call) {
        return channels.get(text(call, "name"));
    }

    private Future<?> publish(Call call) {
        return context.events()
                .publish(text(call, "topic"), call.json().getValue("body"))
                .map(publication -> publication.accepted());
    }

    private Future<?> subscribe(Call call) {
        String as = call.json().getString("as", "");
        boolean failing = call.json().getBoolean("failing", false);
        return context.events()
                .subscribe(text(call, "pattern"), event -> {
                    seen.add(as + event.topic() + "=" + event.body());
                    if (failing) {
                        throw new IllegalStateException("this handler always fails");
                    }
                })
                .mapEmpty();
    }

    private Future<?> create(Call call) {
        Set<String> participants = new TreeSet<>();
        call.json().getJsonArray("participants").forEach(name -> participants.add((String) name));
        return context.channels().create(text(call, "name"), participants).compose(this::listen);
    }

    private Future<?> listen(Channel channel) {
        channels.put(channel.name(), channel);
        channel.onMessage(message -> {
            seen.add(new JsonObject()
                    .put("from", message.from())
                    .put("to", message.to())
                    .put("message", message.message())
                    .put("timestamp", message.timestamp().toString()));
            return Future.succeededFuture("answer of " + context.id());
        });
        return Future.succeededFuture();
    }

    private Future<?> deallocate(Call call) {
        context.memory().deallocate(call.json().getLong("bytes"));
        return Future.succeededFuture(context.memory().used());
    }
}
