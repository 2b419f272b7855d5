package io.dataprism.kernel;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an operator can do about a plugin, from what {@link PluginDoctor} found: what keeps it from running first. */
final class PluginAdvice {
    private static final String COMMAND = "dataprism plugins ";
    private static final double MUCH = 0.8;
    private static final long LONG_MILLIS = 2_000;
    private static final long OLD_MILLIS = 1_000;

    private final JsonObject plugin;
    private final String id;
    private final List<String> lines = new ArrayList<>();

    private PluginAdvice(JsonObject plugin) {
        this.plugin = plugin;
        this.id = plugin.getString("id");
    }

    /** Each in a line; never empty. */
    static List<String> of(JsonObject plugin) {
        PluginAdvice advice = new PluginAdvice(plugin);
        advice.state(plugin.getString("state"));
        advice.code();
        advice.health();
        advice.permissions();
        advice.messages();
        advice.circuits();
        advice.memory();
        advice.leftovers();
        return advice.lines.isEmpty() ? List.of("Nothing is wrong with it that the node knows of.") : advice.lines;
    }

    private void state(String state) {
        String again = plugin.getString("startsAgain");
        if (plugin.containsKey("waiting")) {
            lines.add("It waits for something: " + plugin.getString("waiting") + " More: " + COMMAND + "why " + id);
            return;
        }
        switch (state) {
            case "quarantined" ->
                lines.add("It starts only once it is released: mend what its failures name, then " + COMMAND
                        + "release " + id + ". Another version of it is tried without that.");
            case "error" ->
                lines.add(
                        again == null
                                ? "Mend what its failure names, then " + COMMAND + "start " + id
                                : "It is started again by itself at " + again + "; at once: " + COMMAND + "start "
                                        + id);
            case "suspended" -> lines.add("It runs no code until you say so: " + COMMAND + "resume " + id);
            case "throttled" ->
                lines.add("It works more than it may. Let it use more: " + COMMAND + "limit " + id + " --cpu "
                        + 2 * use("cpuLimit") + ". What it does: " + COMMAND + "profile " + id);
            case "installed", "stopped" -> lines.add("It does not run. Start it: " + COMMAND + "start " + id);
            default -> {}
        }
    }

    private void code() {
        JsonObject code = plugin.getJsonObject("code");
        if (code != null && code.getLong("ms") >= LONG_MILLIS) {
            lines.add("Its code has run for " + code.getLong("ms") + " ms without a pause, at " + code.getString("at")
                    + ". The node ends it when that takes too long; at once: " + COMMAND + "stop " + id);
        }
    }

    private void health() {
        JsonObject health = plugin.getJsonObject("health");
        if (health != null) {
            Stream.of("alive", "ready")
                    .filter(probe -> !"yes".equals(health.getString(probe)))
                    .forEach(probe -> lines.add("It says that it is not " + probe + ": "
                            + health.getString(probe).replaceFirst("^no[,:] ", "")));
        }
    }

    private void permissions() {
        objects("lacks")
                .forEach(lacking -> lines.add("It asks for '" + lacking.getString("permission") + "' ("
                        + lacking.getString("reason") + ") and has it not: " + lacking.getString("command")));
    }

    private void messages() {
        JsonObject lag = plugin.getJsonObject("lag");
        if (lag != null && (lag.getBoolean("behind") || lag.getLong("oldestMillis") >= OLD_MILLIS)) {
            lines.add(lag.getInteger("waiting") + " messages wait for it, the oldest for " + lag.getLong("oldestMillis")
                    + " ms. From where: " + COMMAND + "lag " + id);
        }
        if (lag != null && lag.getLong("refused") + lag.getLong("dropped") > 0) {
            lines.add("It did not get " + (lag.getLong("refused") + lag.getLong("dropped"))
                    + " messages, since its mailbox was full. Which: dataprism dead list");
        }
    }

    private void circuits() {
        objects("circuits")
                .filter(circuit -> circuit.getBoolean("open"))
                .forEach(circuit -> lines.add("It does not call '" + circuit.getString("what")
                        + "' now, since that failed " + circuit.getInteger("failures") + " times. See: " + COMMAND
                        + "doctor "
                        + circuit.getString("what").replaceFirst(":.*", "")));
        objects("circuitsToIt")
                .filter(circuit -> circuit.getBoolean("open"))
                .forEach(circuit -> lines.add("Plugin '" + circuit.getString("caller") + "' does not call its '"
                        + circuit.getString("what").replaceFirst("^[^:]*:", "") + "' now, since that failed "
                        + circuit.getInteger("failures") + " times"));
    }

    private void memory() {
        if (use("memory") > MUCH * use("memoryLimit")) {
            lines.add("Its memory account is nearly full. Let it use more: " + COMMAND + "limit " + id
                    + " --memory SIZE");
        }
        texts("curtailed").forEach(what -> lines.add("It gets less than it asks for: " + what));
    }

    private void leftovers() {
        objects("leaks")
                .forEach(leak -> lines.add("Classes of " + leak.getString("loader")
                        + ", which was unloaded, are still in memory: "
                        + (leak.getJsonArray("holders").isEmpty()
                                ? "nothing known holds them; they may go with the next garbage collection"
                                : "held by " + leak.getJsonArray("holders").getString(0))));
        objects("foreigners")
                .forEach(taker -> lines.add("Host code takes every other message at its address "
                        + taker.getString("address") + ": " + taker.getString("who")));
        texts("vulnerabilities").forEach(known -> lines.add("It holds something with a known hole: " + known));
    }

    private long use(String what) {
        JsonObject use = plugin.getJsonObject("use");
        return use == null ? 0 : use.getLong(what);
    }

    private Stream<JsonObject> objects(String field) {
        return all(field).stream().map(JsonObject.class::cast);
    }

    private Stream<String> texts(String field) {
        return all(field).stream().map(Objects::toString);
    }

    private JsonArray all(String field) {
        @Nullable JsonArray all = plugin.getJsonArray(field);
        return all == null ? new JsonArray() : all;
    }
}
