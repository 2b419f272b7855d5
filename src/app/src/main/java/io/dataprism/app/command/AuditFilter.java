package io.dataprism.app.command;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which lines of the audit log. */
@Command
final class AuditFilter {
    @Option(names = "--plugin", paramLabel = "ID", description = "What this plugin did, and what was done to it.")
    private @Nullable String plugin;

    @Option(
            names = "--who",
            paramLabel = "WHO",
            description = "plugin:<id>, user:<name>, operator, host, conf, kernel; a kind alone means all of it.")
    private @Nullable String who;

    @Option(names = "--decision", paramLabel = "WHICH", description = "allowed, denied, done, failed, or lost.")
    private @Nullable String decision;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "An instant, a day such as 2027-01-31, or an age such as 2h.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "The same; lines before it.")
    private @Nullable String until;

    @Option(names = "--text", paramLabel = "TEXT", description = "Lines in which this stands, in whatever case.")
    private @Nullable String text;

    JsonObject query() {
        JsonObject query = new JsonObject();
        put(query, "plugin", plugin);
        put(query, "who", who);
        put(query, "decision", decision);
        put(query, "since", since);
        put(query, "until", until);
        put(query, "text", text);
        return query;
    }

    private static void put(JsonObject query, String field, @Nullable String value) {
        if (value != null) {
            query.put(field, value);
        }
    }
}
