package io.dataprism.kernel;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.messaging.Messaging;
import io.dataprism.kernel.traffic.Kind;
import io.dataprism.kernel.traffic.WatchOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The control operations on messages: watching them in pieces, and dead letters. Who watches asks again and again; a watch that nobody has asked
 * for a while ends. Safe to use from any thread.
 */
final class MessageDesk {
    private final Vertx vertx;
    private final Messaging messaging;
    private final Map<String, RemoteWatch> watches = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    MessageDesk(Vertx vertx, Messaging messaging) {
        this.vertx = vertx;
        this.messaging = messaging;
    }

    /** Each operation by its {@code noun:verb}. */
    Map<String, Function<ControlRequest, Future<JsonObject>>> operations() {
        return Map.of(
                "messages:watch", request -> Future.succeededFuture(watch(request)),
                "messages:next", this::next,
                "messages:unwatch", request -> Future.succeededFuture(unwatch(request)),
                "dead:list", request -> Future.succeededFuture(list()),
                "dead:show",
                        request -> Future.succeededFuture(
                                messaging.deadLetters().require(number(request)).toJsonWithBody()),
                "dead:replay", this::replay,
                "dead:drop", request -> Future.succeededFuture(drop(request)));
    }

    /** Watches that were forgotten end. */
    void check() {
        watches.values().removeIf(RemoteWatch::endIfForgotten);
    }

    void close() {
        watches.values().forEach(RemoteWatch::close);
        watches.clear();
    }

    private JsonObject watch(ControlRequest request) {
        String id = "w" + numbers.incrementAndGet();
        RemoteWatch watch = new RemoteWatch(vertx);
        watch.open(messaging.traffic(), request.caller().toString(), options(request));
        watches.put(id, watch);
        return new JsonObject().put("watch", id);
    }

    private static WatchOptions options(ControlRequest request) {
        return new WatchOptions(
                request.text("pattern").orElse("**"),
                kinds(request),
                request.text("from").orElse("**"),
                request.text("to").orElse("**"),
                request.flag("failures"),
                (int) Math.min(Integer.MAX_VALUE, request.number("oneOf").orElse(1L)),
                request.flag("body"));
    }

    private static Set<Kind> kinds(ControlRequest request) {
        Set<Kind> kinds = new TreeSet<>();
        for (String name : request.text("kinds").orElse("").split(",", -1)) {
            if (!name.isBlank()) {
                kinds.add(kind(name.strip()));
            }
        }
        return kinds;
    }

    private static Kind kind(String name) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new PluginException(
                        "DP-0450",
                        "There is no kind of message '" + PluginException.excerpt(name) + "'. There are "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Kind.values())
                                                .map(Kind::label)
                                                .toList())
                                + "."));
    }

    private RemoteWatch known(ControlRequest request) {
        String id = request.required("watch");
        return Optional.ofNullable(watches.get(id))
                .orElseThrow(() -> new PluginException(
                        "DP-0454",
                        "There is no watch '" + PluginException.excerpt(id)
                                + "': it was ended, or nobody has asked for a while. Watch again: messages:watch"));
    }

    private Future<JsonObject> next(ControlRequest request) {
        return known(request).next(request.number("waitMillis").orElse(0L));
    }

    private JsonObject unwatch(ControlRequest request) {
        known(request).close();
        watches.remove(request.required("watch"));
        return new JsonObject();
    }

    private JsonObject list() {
        JsonArray letters = new JsonArray();
        messaging.deadLetters().all().forEach(letter -> letters.add(letter.toJson()));
        return new JsonObject()
                .put("letters", letters)
                .put("counts", messaging.deadLetters().counts());
    }

    private static long number(ControlRequest request) {
        return request.number("number").orElseThrow(() -> request.wrong("number", "a number", null));
    }

    private Future<JsonObject> replay(ControlRequest request) {
        long number = number(request);
        return messaging
                .deadLetters()
                .replay(number)
                .map(became -> new JsonObject().put("number", number).put("became", became));
    }

    private JsonObject drop(ControlRequest request) {
        Optional<Long> number = request.number("number");
        if (number.isEmpty()) {
            return new JsonObject().put("dropped", messaging.deadLetters().dropAll());
        }
        messaging.deadLetters().drop(number.get());
        return new JsonObject().put("dropped", 1);
    }
}
