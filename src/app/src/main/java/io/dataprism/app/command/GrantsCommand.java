package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism grants}. */
@Command(
        name = "grants",
        description =
                "Permissions of a running node's plugins: who has which, who asks for which, and why something is allowed or denied.",
        subcommands = {
            GrantsCommand.Listing.class,
            GrantsCommand.Add.class,
            GrantsCommand.Revoke.class,
            GrantsCommand.Requests.class,
            GrantsCommand.Explain.class
        },
        footer = {
            "",
            "What is granted here is stored in the node's data folder; what stands under 'grants' in conf is granted anew at each start.",
            "A '!' before a permission denies it, whatever else is granted. All permissions: docs/permissions.md."
        })
final class GrantsCommand extends CommandGroup {
    GrantsCommand(Screen screen) {
        super(screen);
    }

    private static JsonObject of(@Nullable String id) {
        return id == null ? new JsonObject() : new JsonObject().put("id", id);
    }

    private static String plain(JsonObject json, String field) {
        return PlainText.of(json.getString(field, ""));
    }

    /** How dangerous a permission is, to stand in brackets. */
    private static String danger(JsonObject json) {
        return json.getBoolean("fullTrust", false)
                ? "FULL TRUST: with it the other permissions mean nothing"
                : "danger: " + plain(json, "danger");
    }

    private static void table(Screen screen, JsonObject answer) {
        TextTable table = new TextTable("TO", "PERMISSION", "BY", "HOLDS", "SINCE", "DANGER", "REASON");
        answer.getJsonArray("grants").forEach(item -> {
            JsonObject grant = (JsonObject) item;
            boolean denies = grant.getString("permission").startsWith("!");
            table.add(List.of(
                    plain(grant, "to"),
                    plain(grant, "permission"),
                    plain(grant, "by"),
                    plain(grant, "holds"),
                    Instant.parse(grant.getString("since"))
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString(),
                    denies ? "denied" : grant.getBoolean("fullTrust") ? "FULL TRUST" : plain(grant, "danger"),
                    plain(grant, "reason")));
        });
        table.print(screen);
    }

    /** {@code dataprism grants list}. */
    @Command(name = "list", description = "List what was granted and denied, to all or to one.")
    static final class Listing extends ScreenCommand {
        @Parameters(paramLabel = "ID", arity = "0..1", description = "A plugin, or user:<name>.")
        private @Nullable String id;

        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Listing(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            JsonObject answer = node.ask("grants", "list", of(id));
            if (json.wanted()) {
                screen.out().println(PlainText.of(answer.encode()));
            } else {
                table(screen, answer);
            }
            return ExitCode.OK;
        }
    }

    /** {@code dataprism grants add}. */
    @Command(
            name = "add",
            description = "Grant a permission, or deny it with a '!' before it. It holds at once.",
            footer = {
                "",
                "For example:",
                "  ./dataprism grants add weather 'network-access:https://api.example.com:443' --for 8h",
                "  ./dataprism grants add weather '!file-access:read:data/secret/**'"
            })
    static final class Add extends ScreenCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "A plugin, or user:<name>.")
        private String id;

        @Parameters(index = "1", paramLabel = "PERMISSION", description = "What.")
        private String permission;

        @Option(
                names = "--for",
                paramLabel = "TERM",
                description = {
                    "once (one event), running (until the plugin stops), a time from now such as 8h or 7d, a day such as 2027-01-31,",
                    "or good (until it is taken back). Default: ${DEFAULT-VALUE}."
                },
                defaultValue = "good")
        private String term;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever looks later.")
        private @Nullable String reason;

        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Add(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            JsonObject body =
                    new JsonObject().put("id", id).put("permission", permission).put("holds", term);
            if (reason != null) {
                body.put("reason", reason);
            }
            JsonObject answer = node.ask("grants", "add", body);
            if (json.wanted()) {
                screen.out().println(PlainText.of(answer.encode()));
            } else {
                table(screen, answer);
            }
            Notes.print(screen, answer);
            return ExitCode.OK;
        }
    }

    /** {@code dataprism grants revoke}. */
    @Command(
            name = "revoke",
            description =
                    "Take a grant or denial back, by the words in which it was given. What stands on it ends at once.",
            footer = {
                "",
                "What conf grants comes back when the configuration changes or the node starts: remove it there."
            })
    static final class Revoke extends ScreenCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "A plugin, or user:<name>.")
        private String id;

        @Parameters(index = "1", paramLabel = "PERMISSION", description = "What, as grants list shows it.")
        private String permission;

        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Revoke(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            JsonObject answer =
                    node.ask("grants", "revoke", new JsonObject().put("id", id).put("permission", permission));
            if (json.wanted()) {
                screen.out().println(PlainText.of(answer.encode()));
            } else {
                table(screen, answer);
            }
            Notes.print(screen, answer);
            return ExitCode.OK;
        }
    }

    /** {@code dataprism grants requests}. */
    @Command(
            name = "requests",
            description = "List what plugins ask for and were not granted, with the command that grants it.")
    static final class Requests extends ScreenCommand {
        @Parameters(paramLabel = "ID", arity = "0..1", description = "One plugin; all where none is named.")
        private @Nullable String id;

        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Requests(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            JsonObject answer = node.ask("grants", "requests", of(id));
            if (json.wanted()) {
                screen.out().println(PlainText.of(answer.encode()));
                return ExitCode.OK;
            }
            answer.getJsonArray("requests").forEach(request -> print((JsonObject) request));
            if (answer.getJsonArray("requests").isEmpty()) {
                screen.err().println("Nobody asks for anything that was not granted.");
            }
            return ExitCode.OK;
        }

        private void print(JsonObject request) {
            screen.out()
                    .println(screen.styled(
                            Style.BOLD,
                            plain(request, "id") + " " + plain(request, "version") + "  "
                                    + plain(request, "permission") + "  (" + plain(request, "state") + "; "
                                    + danger(request) + ")"));
            line("wants it", plain(request, "reason"));
            line("could then", plain(request, "lets"));
            if (request.getString("state").equals("denied")) {
                line("why not", plain(request, "why"));
                line("undo", plain(request, "command"));
            } else {
                line("grant", plain(request, "command"));
                line("in conf", plain(request, "line") + "  under  plugins." + plain(request, "id") + ".grants");
            }
        }

        private void line(String what, String text) {
            screen.out().println("    " + (what + "            ").substring(0, 12) + text);
        }
    }

    /** {@code dataprism grants explain}. */
    @Command(
            name = "explain",
            description = "Say why a plugin may do something, or may not: the rule, who gave it, and since when.")
    static final class Explain extends ScreenCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "A plugin, or user:<name>.")
        private String id;

        @Parameters(index = "1", paramLabel = "PERMISSION", description = "What.")
        private String permission;

        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Explain(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            JsonObject answer =
                    node.ask("grants", "explain", new JsonObject().put("id", id).put("permission", permission));
            if (json.wanted()) {
                screen.out().println(PlainText.of(answer.encode()));
                return ExitCode.OK;
            }
            screen.out().println(plain(answer, "text"));
            screen.out()
                    .println("It lets it " + plain(answer, "lets") + " (" + danger(answer) + "). Held today: "
                            + plain(answer, "held") + ".");
            JsonObject asked = answer.getJsonObject("request");
            if (asked != null) {
                screen.out()
                        .println("Its manifest asks for " + plain(asked, "permission") + ": " + plain(asked, "reason"));
            }
            return ExitCode.OK;
        }
    }
}
