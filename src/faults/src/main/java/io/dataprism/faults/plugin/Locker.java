package io.dataprism.faults.plugin;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Takes two locks that all plugins see, in the order that its settings say, and tells in between. */
public final class Locker implements Plugin {
    private PluginContext context;
    private boolean other;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("lock", call -> lock());
    }

    private Future<JsonObject> lock() {
        // Texts that the JVM keeps once for everybody
        String first = context.config().getString("first").intern();
        String second = context.config().getString("second").intern();
        synchronized (first) {
            String mine = "dataprism.faults." + first;
            System.setProperty(mine, "held");
            while (!other) {
                other = System.getProperty("dataprism.faults." + second) != null;
            }
            synchronized (second) {
                return Future.succeededFuture(new JsonObject());
            }
        }
    }
}
