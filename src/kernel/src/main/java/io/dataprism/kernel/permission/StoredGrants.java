package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.store.Batch;
import io.dataprism.kernel.store.Store;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How grants are written into the store: a record a caller, named {@code plugin:<id>} or {@code user:<name>}, with all that it was given, in order, as JSON. Blocks.
 */
final class StoredGrants {
    private static final String TABLE = "grants";
    private static final int VERSION = 1;

    private StoredGrants() {}

    /**
     * All that were stored.
     *
     * @throws PluginException {@code DP-0508} where one can't be read: it may be a denial, so that going on without it is no choice
     */
    static List<Grant> read(Store store) {
        List<Grant> all = new ArrayList<>();
        store.scan(TABLE, "").forEach((name, bytes) -> {
            try {
                read(name, new JsonObject(Buffer.buffer(bytes)), all);
            } catch (RuntimeException e) {
                throw new PluginException(
                        "DP-0508",
                        "What was stored as granted to '" + PluginException.excerpt(name) + "' can't be read: "
                                + e.getMessage() + " Found: "
                                + PluginException.excerpt(new String(bytes, StandardCharsets.UTF_8))
                                + " Start the version of the kernel that wrote it; it may be a denial, so it is not passed over.",
                        e);
            }
        });
        return all;
    }

    private static void read(String name, JsonObject json, List<Grant> into) {
        int version = json.getInteger("version", 0);
        if (version != VERSION) {
            throw new IllegalArgumentException("it has version " + version + ", and " + VERSION + " is known.");
        }
        Caller to = caller(name);
        for (Object item : json.getJsonArray("grants")) {
            into.add(grant(to, (JsonObject) item));
        }
    }

    private static Caller caller(String name) {
        int colon = name.indexOf(':');
        Caller.Kind kind =
                Caller.Kind.valueOf(name.substring(0, Math.max(0, colon)).toUpperCase(Locale.ROOT));
        String rest = name.substring(colon + 1);
        return kind == Caller.Kind.PLUGIN ? Caller.plugin(new PluginId(rest)) : new Caller(kind, rest);
    }

    private static String name(Caller caller) {
        return caller.kind().name().toLowerCase(Locale.ROOT) + ":" + caller.name();
    }

    private static Grant grant(Caller to, JsonObject json) {
        String until = json.getString("until");
        return new Grant(
                to,
                PermissionRule.parse(json.getString("rule")),
                json.getString("by"),
                json.getString("reason"),
                Instant.parse(json.getString("since")),
                until == null ? Term.FOR_GOOD : Term.until(Instant.parse(until)),
                false);
    }

    /** Put into {@code batch} what {@code caller} has now, unless that is what is stored. */
    static void change(Store store, Batch batch, Caller caller, Collection<Grant> now) {
        List<Grant> kept = now.stream().filter(Grant::outlives).toList();
        Optional<byte[]> before = store.read(TABLE, name(caller));
        if (kept.isEmpty()) {
            before.ifPresent(bytes -> batch.remove(TABLE, name(caller)));
            return;
        }
        byte[] bytes = bytes(kept);
        if (before.isEmpty() || !Arrays.equals(before.get(), bytes)) {
            batch.put(TABLE, name(caller), bytes);
        }
    }

    private static byte[] bytes(List<Grant> kept) {
        JsonArray grants = new JsonArray();
        kept.forEach(grant -> grants.add(json(grant)));
        return new JsonObject()
                .put("version", VERSION)
                .put("grants", grants)
                .toBuffer()
                .getBytes();
    }

    private static JsonObject json(Grant grant) {
        JsonObject json = new JsonObject()
                .put("rule", grant.rule().toString())
                .put("by", grant.by())
                .put("reason", grant.reason())
                .put("since", grant.since().toString());
        grant.term().end().ifPresent(end -> json.put("until", end.toString()));
        return json;
    }
}
