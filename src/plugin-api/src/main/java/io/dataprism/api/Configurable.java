package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** A plugin that takes a new configuration while it runs. One that does not implement this is restarted instead. */
public interface Configurable {

    /**
     * Take {@code config}, which was checked against the manifest's schema. A failure keeps the old configuration in force, and
     * the operator is told.
     */
    Future<Void> configure(JsonObject config) throws Exception;
}
