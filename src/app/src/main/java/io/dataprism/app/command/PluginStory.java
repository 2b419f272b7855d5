package io.dataprism.app.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code plugins:doctor} answers, as a page for a reader; a chapter of which there is nothing to tell is left out. */
final class PluginStory {
    private static final int MOST_FRAMES = 12;
    private static final int MINUTES = 60;

    private final JsonObject plugin;
    private final List<String> lines = new ArrayList<>();

    PluginStory(JsonObject plugin) {
        this.plugin = plugin;
    }

    List<String> lines() {
        head();
        chapter("What to do", texts(plugin, "next").map(line -> "- " + line));
        chapter("Life since the node started", objects(plugin, "transitions").map(PluginStory::transition));
        chapter("Failures, the last ones", objects(failures()).flatMap(PluginStory::failure));
        chapter("Quarantine", quarantine());
        chapter("What its code does now", code());
        chapter("Budgets", budgets());
        chapter("Permissions", permissions());
        chapter("Neighbours", neighbours());
        chapter("Messages", messages());
        chapter("Probes", probes());
        chapter("Tasks", objects(plugin, "tasks").map(JsonObject::encode));
        chapter("Still in memory of earlier lives", objects(plugin, "leaks").map(PluginStory::leak));
        return lines;
    }

    private void head() {
        lines.add(plugin.getString("id") + " " + plugin.getString("version") + " is " + plugin.getString("state")
                + " since " + moment(plugin.getString("since")));
        reason().ifPresent(why -> lines.add("  " + why));
        lines.add("  " + plugin.getString("category") + ": " + plugin.getString("description", ""));
        lines.add("  capabilities: " + joined(texts(plugin, "capabilities")));
        if (plugin.containsKey("wall")) {
            lines.add("  in a process of its own behind " + plugin.getString("wall"));
        }
        if (plugin.containsKey("source")) {
            lines.add("  from " + plugin.getString("source") + ", SHA-256 " + plugin.getString("sha256"));
            String signers = joined(texts(plugin, "signers"));
            lines.add("  signed by " + (signers.isEmpty() ? "nobody" : signers) + "; trusted: "
                    + plugin.getString("trusted"));
        }
    }

    private Optional<String> reason() {
        JsonObject error = plugin.getJsonObject("error");
        return Stream.of(
                        error == null ? null : error.getString("code") + " " + error.getString("message"),
                        plugin.getString("waiting"),
                        plugin.getString("reason"))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private void chapter(String title, Stream<String> content) {
        List<String> all = content.toList();
        if (!all.isEmpty()) {
            lines.add("");
            lines.add(title);
            all.forEach(line -> lines.add("  " + line));
        }
    }

    private static String transition(JsonObject transition) {
        String why = transition.getString("why", "");
        return moment(transition.getString("at")) + "  " + transition.getString("from") + " -> "
                + transition.getString("state") + (why.isEmpty() ? "" : ": " + why);
    }

    private JsonArray failures() {
        JsonArray known = plugin.getJsonArray("failures", new JsonArray());
        JsonObject quarantine = plugin.getJsonObject("quarantine");
        return known.isEmpty() && quarantine != null ? quarantine.getJsonArray("evidence") : known;
    }

    private static Stream<String> failure(JsonObject failure) {
        String first = moment(failure.getString("at")) + "  in " + failure.getString("step") + ", after it ran "
                + failure.getLong("ranMillis") + " ms: " + failure.getString("code") + " "
                + failure.getString("message");
        List<String> stack = failure.getString("stack", "").lines().toList();
        String more = stack.size() > MOST_FRAMES ? "    … " + (stack.size() - MOST_FRAMES) + " more: --json" : "";
        return Stream.of(
                        Stream.of(first),
                        stack.stream().limit(MOST_FRAMES).map(frame -> "    " + frame.strip()),
                        Stream.of(more).filter(line -> !line.isEmpty()))
                .flatMap(part -> part);
    }

    private Stream<String> quarantine() {
        JsonObject quarantine = plugin.getJsonObject("quarantine");
        return quarantine == null
                ? Stream.empty()
                : Stream.concat(
                        Stream.of("since " + moment(quarantine.getString("since")) + ": "
                                + quarantine.getString("message")),
                        objects(quarantine, "use")
                                .map(point -> "used before, " + moment(point.getString("at")) + ": "
                                        + point.getDouble("cpuPercent") + " % of a core, "
                                        + Amounts.bytes(point.getLong("memory"))));
    }

    private Stream<String> code() {
        JsonObject code = plugin.getJsonObject("code");
        return code == null
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(code.getLong("ms") + " ms without a pause, on " + code.getString("thread") + " ("
                                + code.getString("threadState") + ")"),
                        texts(code, "stack").limit(MOST_FRAMES).map(frame -> "  at " + frame));
    }

    private Stream<String> budgets() {
        JsonObject use = plugin.getJsonObject("use");
        List<String> told = new ArrayList<>();
        if (use != null) {
            told.add(String.format(
                    Locale.ROOT,
                    "processor  %.1f %% of a core, may use %d %%; %.1f s in all, held back for %.1f s",
                    use.getDouble("cpuPercent"),
                    use.getInteger("cpuLimit"),
                    use.getLong("cpuMillis") / 1_000.0,
                    use.getLong("heldMillis") / 1_000.0));
            String curve = Curve.of(minutes(), use.getInteger("cpuLimit"));
            if (!curve.isBlank()) {
                told.add("last hour  |" + curve + "|");
            }
            told.add("memory     " + Amounts.bytes(use.getLong("memory")) + " on its account, may have "
                    + Amounts.bytes(use.getLong("memoryLimit")) + "; allocated "
                    + Amounts.bytes(use.getLong("allocated")) + " in all");
        }
        if (plugin.getValue("has") instanceof JsonObject counts) {
            told.add("has        " + PluginsInfo.has(counts));
        }
        texts(plugin, "curtailed").forEach(what -> told.add("less than it asks for: " + what));
        return told.stream();
    }

    /** The highest of each of the last sixty minutes, the newest last. */
    private double[] minutes() {
        double[] minutes = new double[MINUTES];
        Instant now = Instant.now();
        objects(plugin, "curve").forEach(point -> {
            long ago = ChronoUnit.MINUTES.between(Instant.parse(point.getString("at")), now);
            if (ago >= 0 && ago < MINUTES) {
                int column = MINUTES - 1 - (int) ago;
                minutes[column] = Math.max(minutes[column], point.getDouble("cpuPercent"));
            }
        });
        return minutes;
    }

    private Stream<String> permissions() {
        List<String> told = new ArrayList<>();
        objects(plugin, "grants").forEach(grant -> told.add("has    " + PluginsInfo.grant(grant)));
        objects(plugin, "asks")
                .forEach(asked ->
                        told.add("asks   " + asked.getString("permission") + " (" + asked.getString("reason") + ")"));
        objects(plugin, "lacks")
                .forEach(lacking ->
                        told.add("lacks  " + lacking.getString("permission") + ": " + lacking.getString("why")));
        return told.stream();
    }

    private Stream<String> neighbours() {
        List<String> told = new ArrayList<>();
        objects(plugin, "dependsOn").forEach(dependency -> told.add("needs " + dependency(dependency)));
        texts(plugin, "dependents").forEach(user -> told.add("needed by " + user));
        objects(plugin, "circuits").forEach(circuit -> told.add("calls " + circuit(circuit)));
        objects(plugin, "circuitsToIt")
                .forEach(circuit -> told.add(circuit.getString("caller") + " calls " + circuit(circuit)));
        objects(plugin, "foreigners").forEach(taker -> told.add(ForeignLine.of(taker)));
        return told.stream();
    }

    private static String dependency(JsonObject dependency) {
        String found = objects(dependency, "found")
                .map(one -> one.getString("id") + " " + one.getString("version") + ", " + one.getString("state"))
                .collect(Collectors.joining("; "));
        return dependency.getString("on") + " " + dependency.getString("range")
                + (dependency.getBoolean("optional") ? " if there is one" : "") + ": "
                + (found.isEmpty() ? "not installed" : found);
    }

    private static String circuit(JsonObject circuit) {
        return circuit.getString("what") + ", which failed " + circuit.getInteger("failures") + " times: "
                + (circuit.getBoolean("open")
                        ? "open, tried again in " + circuit.getLong("leftMillis") + " ms"
                        : "not open");
    }

    private Stream<String> messages() {
        List<String> told = new ArrayList<>();
        JsonObject lag = plugin.getJsonObject("lag");
        if (lag != null) {
            told.add(lag.getInteger("waiting") + " of " + lag.getInteger("limitMessages") + " wait, "
                    + Amounts.bytes(lag.getLong("bytes")) + " of " + Amounts.bytes(lag.getLong("limitBytes"))
                    + ", the oldest for " + lag.getLong("oldestMillis") + " ms; " + lag.getLong("dropped")
                    + " dropped, " + lag.getLong("refused") + " refused, " + lag.getInteger("held")
                    + " held outside");
        }
        if (plugin.containsKey("lost")) {
            told.add("lost when it ended last: " + plugin.getJsonObject("lost").encode());
        }
        return told.stream();
    }

    private Stream<String> probes() {
        JsonObject health = plugin.getJsonObject("health");
        return health == null ? Stream.empty() : health.stream().map(probe -> probe.getKey() + ": " + probe.getValue());
    }

    private static String leak(JsonObject leak) {
        String holders = joined(texts(leak, "holders"));
        return leak.getString("loader") + ", closed " + leak.getLong("closedMillis") / 1_000 + " s ago, held by "
                + (holders.isEmpty() ? "nothing known" : holders);
    }

    private static String joined(Stream<String> all) {
        return all.collect(Collectors.joining(", "));
    }

    private static Stream<JsonObject> objects(JsonObject of, String field) {
        return objects(of.getJsonArray(field, new JsonArray()));
    }

    private static Stream<JsonObject> objects(JsonArray all) {
        return all.stream().map(JsonObject.class::cast);
    }

    private static Stream<String> texts(JsonObject of, String field) {
        return of.getJsonArray(field, new JsonArray()).stream().map(String::valueOf);
    }

    /** To the second. */
    private static String moment(String instant) {
        return Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
