package io.dataprism.app.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** What can be asked of a running node. */
@FunctionalInterface
public interface Operations {

    /**
     * Carry out one operation on behalf of the operator.
     *
     * @return the answer; a {@link io.dataprism.api.PluginException} reaches the client with its code
     */
    Future<JsonObject> invoke(String noun, String verb, JsonObject body);
}
