package io.dataprism.kernel;

import io.dataprism.api.Events;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.messaging.Messaging;
import io.dataprism.kernel.vertx.BusConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Host code that consumes a plugin's own address on the raw bus takes every other message that comes there. It is trusted, so it may; it is
 * told of, once each: in the log, and as the event {@code kernel.address.taken}. Of one thread.
 */
final class Foreigners {
    private static final Logger LOG = LoggerFactory.getLogger(Foreigners.class);

    private final Messaging messaging;
    private final Events events;
    private volatile List<BusConsumer> known = List.of();

    Foreigners(Messaging messaging, Events events) {
        this.messaging = messaging;
        this.events = events;
    }

    /** Look who is there now. */
    void check() {
        List<BusConsumer> found = messaging.foreigners();
        List<BusConsumer> before = known;
        known = found;
        found.stream().filter(one -> !before.contains(one)).forEach(this::tell);
    }

    private void tell(BusConsumer one) {
        LOG.warn(
                "Host code consumes {} on the raw event bus, which is a plugin's own address, and takes every other message there: {}."
                        + " Call the plugin instead, or have it answer at another address.",
                one.address(),
                one.who());
        events.publish("kernel.address.taken", json(one));
    }

    private static JsonObject json(BusConsumer one) {
        return new JsonObject().put("address", one.address()).put("who", one.who());
    }

    /** As of the last look. */
    JsonArray toJson() {
        return json(known);
    }

    /** Those at the addresses of {@code id} now. */
    JsonArray toJson(PluginId id) {
        return json(messaging.foreigners(id));
    }

    private static JsonArray json(List<BusConsumer> those) {
        JsonArray all = new JsonArray();
        those.forEach(one -> all.add(json(one)));
        return all;
    }
}
