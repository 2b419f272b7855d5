package io.dataprism.testkit;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** The plugin that the test kit's own tests run. */
public final class Greeter implements Plugin {
    private PluginContext context;

    static PluginJar jar() {
        return PluginJar.of("greeter")
                .main(Greeter.class)
                .capabilities("greet", "talk")
                .requests("event-publish:greeter.greeted", "channel:support")
                .manifest("configSchema: {type: object, properties: {greeting: {type: string, default: Hello}}}");
    }

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("greet", this::greet).and("talk", this::talk);
    }

    private Future<?> greet(Call call) {
        String name = call.json().getString("name");
        if (name == null) {
            throw new CallException(FailureKind.INVALID, "Field 'name' is missing.");
        }
        JsonObject greeting = new JsonObject().put("text", context.config().getString("greeting") + ", " + name + "!");
        return context.events().publish("greeter.greeted", greeting).map(greeting);
    }

    private Future<?> talk(Call call) {
        call.json();
        return context.channels().join("support").compose(channel -> {
            channel.onMessage(message -> Future.succeededFuture("heard " + message.message()));
            return channel.send("host", "here I am");
        });
    }
}
