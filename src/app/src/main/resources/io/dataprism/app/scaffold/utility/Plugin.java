package {{package}};

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Greets whoever is named. */
public final class {{class}} implements Plugin {
    private PluginContext context;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("greet", this::greet);
    }

    private Future<JsonObject> greet(Call call) {
        String name = call.json().getString("name");
        if (name == null) {
            throw new CallException(FailureKind.INVALID, "Field 'name' is missing. Say whom to greet.");
        }
        JsonObject greeting = new JsonObject().put("text", context.config().getString("greeting") + ", " + name + "!");
        return context.events().publish("{{id}}.greeted", greeting).map(greeting);
    }
}
