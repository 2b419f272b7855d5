package io.dataprism.app.node;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.app.RecentLog;
import io.dataprism.app.conf.Secrets;
import io.dataprism.app.control.Operations;
import io.dataprism.kernel.Kernel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Comparator;

/** What the control socket offers: the kernel's control operations, and what only the process around it knows. Nothing shows a secret. */
final class NodeOperations implements Operations {
    private static final int MOST_FRAMES = 60;

    private final Kernel kernel;
    private final BridgeSwitch bridge;
    private final ConfFollower follower;
    private final Selection selection;

    NodeOperations(Kernel kernel, BridgeSwitch bridge, ConfFollower follower, Selection selection) {
        this.selection = selection;
        this.kernel = kernel;
        this.bridge = bridge;
        this.follower = follower;
    }

    @Override
    public Future<JsonObject> invoke(String noun, String verb, JsonObject body) {
        return switch (noun + ":" + verb) {
            case "config:status" -> Future.succeededFuture(Secrets.mask(follower.toJson()));
            case "node:log" -> Future.succeededFuture(Secrets.mask(new JsonObject().put("lines", RecentLog.lines())));
            case "node:threads" -> Future.succeededFuture(Secrets.mask(threads()));
            case "plugins:level" -> level(body);
            default -> asked(noun, verb, body);
        };
    }

    private Future<JsonObject> asked(String noun, String verb, JsonObject body) {
        return kernel.control()
                .invoke(Caller.OPERATOR, noun, verb, body)
                .map(answer -> Secrets.mask(with(noun, answer)))
                .recover(failure -> Future.failedFuture(masked(failure)));
    }

    private JsonObject with(String noun, JsonObject answer) {
        if (noun.equals("node")) {
            bridge.port().ifPresent(port -> answer.put("gatewayPort", port));
            selection.addTo(answer);
        }
        if (noun.equals("plugins") && answer.getValue("id") instanceof String id) {
            PluginLogLevels.of(id).ifPresent(level -> answer.put("logLevel", level));
        }
        return answer;
    }

    /** {@code threads}, by name: {@code name}, {@code state}, {@code frames}. */
    private static JsonObject threads() {
        JsonArray all = new JsonArray();
        Thread.getAllStackTraces().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().getName()))
                .forEach(entry -> all.add(new JsonObject()
                        .put("name", entry.getKey().getName())
                        .put("state", entry.getKey().getState().name())
                        .put(
                                "frames",
                                new JsonArray(Arrays.stream(entry.getValue())
                                        .limit(MOST_FRAMES)
                                        .map(StackTraceElement::toString)
                                        .toList()))));
        return new JsonObject().put("threads", all);
    }

    /** The log is the process's, not the kernel's. */
    private Future<JsonObject> level(JsonObject body) {
        // It must be there: what is misspelt would be set for nobody.
        return asked("plugins", "info", new JsonObject().put("id", body.getValue("id")))
                .compose(plugin -> PluginLogLevels.set(kernel, plugin.getString("id"), body.getValue("level")));
    }

    private static Throwable masked(Throwable failure) {
        return failure instanceof PluginException known
                ? new PluginException(known.code(), Secrets.mask(String.valueOf(known.getMessage())), known)
                : failure;
    }
}
