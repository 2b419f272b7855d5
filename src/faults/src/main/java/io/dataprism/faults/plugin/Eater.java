package io.dataprism.faults.plugin;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Event;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Eats events and calls; {@code poison} it can't take until it has the setting {@code cured}. */
public final class Eater implements Plugin {
    private static final String POISON = "poison";

    private final JsonArray eaten = new JsonArray();
    private PluginContext context;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return context.events().subscribe("food", this::eat).mapEmpty();
    }

    private void eat(Event event) {
        swallow(String.valueOf(event.body()));
    }

    private void swallow(String what) {
        if (what.equals(POISON) && !context.config().getBoolean("cured", false)) {
            throw new IllegalStateException("that was poison");
        }
        eaten.add(what);
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("eaten", call -> Future.succeededFuture(new JsonObject().put("eaten", eaten.copy())));
    }
}
