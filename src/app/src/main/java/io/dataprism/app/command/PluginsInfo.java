package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins info}. */
@Command(name = "info", description = "Show what a running node knows of one plugin.")
final class PluginsInfo extends ScreenCommand {
    private static final int INDENT = 14;

    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id;

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsInfo(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        JsonObject plugin = node.ask("plugins", "info", new JsonObject().put("id", id));
        if (json.wanted()) {
            screen.out().println(plugin.encodePrettily());
        } else {
            plugin.forEach(entry -> screen.out().printf("%-13s %s%n", entry.getKey(), shown(entry)));
        }
        return ExitCode.OK;
    }

    private static String shown(Map.Entry<String, Object> entry) {
        if (entry.getKey().equals("since")) {
            return moment(String.valueOf(entry.getValue()));
        }
        if (entry.getValue() instanceof JsonArray array) {
            return array.isEmpty() ? "none" : lines(array);
        }
        return entry.getValue() instanceof JsonObject object
                ? shown(entry.getKey(), object)
                : String.valueOf(entry.getValue());
    }

    private static String shown(String key, JsonObject object) {
        return switch (key) {
            case "supervision" ->
                object.stream()
                        .map(rule -> rule.getKey() + " " + rule.getValue())
                        .collect(Collectors.joining("; "));
            case "quarantine" -> "since " + moment(object.getString("since")) + ": " + object.getString("message");
            case "released" -> moment(object.getString("at")) + " by " + object.getString("by");
            case "use" -> use(object);
            case "has" -> has(object);
            case "health" -> health(object);
            default -> object.getString("code") + " " + object.getString("message");
        };
    }

    /** What it has of what is counted. */
    static String has(JsonObject counts) {
        return counts.stream()
                .map(count -> {
                    JsonObject one = (JsonObject) count.getValue();
                    int limit = one.getInteger("limit");
                    return one.getInteger("now") + " "
                            + (limit == Integer.MAX_VALUE ? "" : "of " + limit + " ")
                            + count.getKey();
                })
                .collect(Collectors.joining(", "));
    }

    private static String health(JsonObject health) {
        return health.stream()
                .map(probe -> probe.getKey() + ": " + probe.getValue())
                .collect(Collectors.joining("; "));
    }

    private static String use(JsonObject use) {
        String budgets = String.format(
                Locale.ROOT,
                "%.0f %% of a core, may use %d %%; %s of memory, may use %s",
                use.getDouble("cpuPercent"),
                use.getInteger("cpuLimit"),
                Amounts.bytes(use.getLong("memory")),
                Amounts.bytes(use.getLong("memoryLimit")));
        return use.containsKey("classes") ? budgets + "; " + measured(use) : budgets;
    }

    private static String measured(JsonObject use) {
        Long retained = use.getLong("retained");
        String heap = retained == null
                ? ""
                : (use.getBoolean("retainedWhole") ? "retains " : "retains at least ") + Amounts.bytes(retained)
                        + " of the heap; ";
        int threads = use.getInteger("threads");
        return String.format(
                Locale.ROOT,
                "%s%d classes, about %s; %d %s of its own",
                heap,
                use.getInteger("classes"),
                Amounts.bytes(use.getLong("classBytes")),
                threads,
                threads == 1 ? "thread" : "threads");
    }

    /** Grants, and who takes its messages, one a line; names beside each other. */
    private static String lines(JsonArray array) {
        boolean each = array.getValue(0) instanceof JsonObject;
        return array.stream()
                .map(item -> item instanceof JsonObject one ? line(one) : String.valueOf(item))
                .collect(Collectors.joining(each ? "\n" + " ".repeat(INDENT) : ", "));
    }

    private static String line(JsonObject one) {
        if (one.containsKey("ranMillis")) {
            return moment(one.getString("at")) + " in " + one.getString("step") + ": " + one.getString("code") + " "
                    + one.getString("message");
        }
        return one.containsKey("address") ? ForeignLine.of(one) : grant(one);
    }

    static String grant(JsonObject grant) {
        String reason = grant.getString("reason", "");
        return grant.getString("permission")
                + (grant.getBoolean("fullTrust", false) ? " FULL TRUST" : "")
                + " (by " + grant.getString("by") + (reason.isEmpty() ? "" : ": " + reason)
                + ", since " + moment(grant.getString("since")) + ", holds " + grant.getString("holds") + ")";
    }

    /** To the second. */
    private static String moment(String instant) {
        return Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
