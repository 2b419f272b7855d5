package io.dataprism.kernel.contract;

import io.dataprism.kernel.manifest.Contracts;
import io.dataprism.kernel.manifest.PluginManifest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a newer version of a plugin breaks for those who keep to the older one's contract. What goes in (a request, a channel's message)
 * must still be taken; what comes out (a response, an event) must still be what receivers count on.
 */
public final class ContractChanges {
    private final List<String> broken = new ArrayList<>();

    private ContractChanges() {}

    /** Each in a sentence without its dot; empty when whoever got on with {@code older} gets on with {@code newer}. */
    public static List<String> breaking(PluginManifest older, PluginManifest newer) {
        ContractChanges changes = new ContractChanges();
        Set<String> gone = new TreeSet<>(older.capabilities());
        gone.removeAll(newer.capabilities());
        gone.forEach(capability -> changes.broken.add("capability '" + capability + "' is gone"));
        changes.capabilities(older.contracts(), newer.contracts());
        changes.all("event", older.contracts().events(), newer.contracts().events());
        changes.all("channel", older.contracts().channels(), newer.contracts().channels());
        return List.copyOf(changes.broken);
    }

    private void capabilities(Contracts older, Contracts newer) {
        new TreeMap<>(older.capabilities()).forEach((capability, before) -> {
            Contracts.Contract after = newer.capabilities().getOrDefault(capability, Contracts.Contract.NONE);
            String place = "'" + capability + "'";
            // Who sent what the older schema allowed: is it taken still? Where nothing is said any more, everything is.
            if (before.request().isPresent() && after.request().isPresent()) {
                SchemaChanges.narrowed(
                        "the request of " + place,
                        before.request().get(),
                        after.request().get(),
                        broken);
            }
            before.response().ifPresent(schema -> comesOut("the response of " + place, schema, after.response()));
            before.item().ifPresent(schema -> comesOut("an item of " + place, schema, after.item()));
        });
        new TreeMap<>(newer.capabilities()).forEach((capability, after) -> {
            boolean free = Optional.ofNullable(older.capabilities().get(capability))
                    .flatMap(Contracts.Contract::request)
                    .isEmpty();
            if (free && after.request().isPresent() && older.capabilities().containsKey(capability)) {
                SchemaChanges.narrowed(
                        "the request of '" + capability + "'",
                        new JsonObject(),
                        after.request().get(),
                        broken);
            }
        });
    }

    private void all(String what, Map<String, JsonObject> before, Map<String, JsonObject> after) {
        new TreeMap<>(before)
                .forEach((name, schema) ->
                        comesOut(what + " '" + name + "'", schema, Optional.ofNullable(after.get(name))));
    }

    private void comesOut(String place, JsonObject before, Optional<JsonObject> after) {
        if (after.isEmpty()) {
            broken.add(place + " is not described any more");
        } else {
            // Whoever reads counts on the older schema: what the newer allows must be allowed by it.
            SchemaChanges.widened(place, before, after.get(), broken);
        }
    }
}
