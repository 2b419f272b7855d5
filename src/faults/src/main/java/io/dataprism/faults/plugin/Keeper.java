package io.dataprism.faults.plugin;

import io.dataprism.api.Call;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.api.Storage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Stores numbers: one in three places at once ({@code write}, {@code read}), or many, each under its own name ({@code add}, {@code all}). */
public final class Keeper implements Plugin {
    private static final int SIZE = 40_000;
    private static final String PREFIX = "number-";

    private PluginContext context;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("write", this::write)
                .and("read", call -> read())
                .and("add", this::add)
                .and("all", call -> all());
    }

    private Future<JsonObject> write(Call call) {
        long number = call.json().getLong("number");
        Buffer large = Buffer.buffer().appendLong(number).appendBytes(new byte[SIZE]);
        large.setLong(SIZE, number);
        Buffer small = Buffer.buffer().appendLong(number);
        Map<String, Buffer> puts = Map.of("large", large, "first", small, "second", small);
        return context.storage()
                .apply(new Storage.Change(Map.of(), puts, Set.of()))
                .map(new JsonObject().put("number", number));
    }

    private Future<JsonObject> read() {
        return Future.all(
                        context.storage().get("large"),
                        context.storage().get("first"),
                        context.storage().get("second"))
                .map(found -> {
                    Optional<Buffer> large = found.resultAt(0);
                    Optional<Buffer> first = found.resultAt(1);
                    Optional<Buffer> second = found.resultAt(2);
                    return new JsonObject()
                            .put("begin", number(large, 0))
                            .put("end", number(large, SIZE))
                            .put("first", number(first, 0))
                            .put("second", number(second, 0));
                });
    }

    private static long number(Optional<Buffer> value, int at) {
        return value.map(bytes -> bytes.getLong(at)).orElse(0L);
    }

    private Future<JsonObject> add(Call call) {
        long number = call.json().getLong("number");
        return context.storage()
                .put(PREFIX + number, Buffer.buffer().appendLong(number))
                .map(new JsonObject().put("number", number));
    }

    private Future<JsonObject> all() {
        return context.storage().keys(PREFIX).map(keys -> {
            JsonArray numbers = new JsonArray();
            new TreeSet<>(keys).forEach(key -> numbers.add(Long.valueOf(key.substring(PREFIX.length()))));
            return new JsonObject().put("numbers", numbers);
        });
    }
}
