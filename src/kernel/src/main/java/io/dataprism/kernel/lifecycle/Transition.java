package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A plugin went from one state to another.
 *
 * @param why empty where that needs no reason
 */
record Transition(Instant at, PluginState from, PluginState to, String why) {

    JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("at", at.toString())
                .put("from", from.label())
                .put("state", to.label());
        return why.isEmpty() ? json : json.put("why", why);
    }
}
