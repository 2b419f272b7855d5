package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism dead}. */
@Command(
        name = "dead",
        description = "Dead letters of a running node: messages that were not handled, or failed at their last try.",
        subcommands = {
            DeadCommand.Listing.class,
            DeadCommand.Show.class,
            DeadCommand.Replay.class,
            DeadCommand.Drop.class
        },
        footer = {"", "They are kept in memory, 1,000 or 16 MiB at most; for a new one the oldest leaves."})
final class DeadCommand extends CommandGroup {
    DeadCommand(Screen screen) {
        super(screen);
    }

    /** {@code dataprism dead list}. */
    @Command(name = "list", description = "List the dead letters, the oldest first.")
    static final class Listing extends ScreenCommand {
        private static final DateTimeFormatter CLOCK =
                DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Listing(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            JsonObject answer = node.ask("dead", "list", new JsonObject());
            if (json.wanted()) {
                screen.out().println(PlainText.of(answer.encode()));
                return ExitCode.OK;
            }
            TextTable table = new TextTable("NUMBER", "TIME", "REASON", "KIND", "FROM", "TO", "RECEIVER", "ERROR");
            answer.getJsonArray("letters").forEach(item -> table.add(row((JsonObject) item)));
            table.print(screen);
            tell(answer.getJsonObject("counts"));
            return ExitCode.OK;
        }

        private List<String> row(JsonObject letter) {
            return List.of(
                    String.valueOf(letter.getLong("number")),
                    CLOCK.format(Instant.parse(letter.getString("time"))),
                    screen.styled(Style.RED, word(letter, "reason")),
                    word(letter, "kind"),
                    word(letter, "from"),
                    word(letter, "to"),
                    word(letter, "receiver"),
                    word(letter, "error"));
        }

        private static String word(JsonObject letter, String field) {
            return PlainText.of(letter.getString(field));
        }

        private void tell(JsonObject counts) {
            if (counts.getLong("left") > 0) {
                screen.err().println(counts.getLong("left") + " older ones made room for newer ones.");
            }
            if (counts.getLong("unheardAnswers") > 0) {
                screen.err()
                        .println(counts.getLong("unheardAnswers") + " answers came that nobody waited for any more.");
            }
        }
    }

    /** {@code dataprism dead show}. */
    @Command(
            name = "show",
            description = "Show a dead letter with its body; what a contract calls sensitive is hidden.")
    static final class Show extends ScreenCommand {
        @Parameters(paramLabel = "NUMBER", description = "Which one; see dead list.")
        private long number;

        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Show(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            JsonObject letter = node.ask("dead", "show", new JsonObject().put("number", number));
            if (json.wanted()) {
                screen.out().println(PlainText.of(letter.encode()));
                return ExitCode.OK;
            }
            letter.forEach(field -> screen.out()
                    .println(String.format(
                            "%-10s  %s", field.getKey(), PlainText.of(String.valueOf(field.getValue())))));
            if (!letter.containsKey("body")) {
                screen.err().println("Its body is not shown: the contract that describes it is not known now.");
            }
            return ExitCode.OK;
        }
    }

    /** {@code dataprism dead replay}. */
    @Command(
            name = "replay",
            description = "Send dead letters once more, as who sent them, to who missed them.",
            footer = {"", "What fails again is a dead letter again, under a new number."})
    static final class Replay extends ScreenCommand {
        @Parameters(arity = "1..*", paramLabel = "NUMBER", description = "Which ones; see dead list.")
        private List<Long> numbers;

        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Replay(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            JsonArray all = new JsonArray();
            for (long number : numbers) {
                JsonObject became = showing(
                        "replay " + number, () -> node.ask("dead", "replay", new JsonObject().put("number", number)));
                all.add(became);
                if (!json.wanted()) {
                    screen.out()
                            .println("Dead letter " + number + ": " + PlainText.of(became.getString("became")) + ".");
                }
            }
            if (json.wanted()) {
                screen.out().println(PlainText.of(all.encode()));
            }
            return ExitCode.OK;
        }
    }

    /** {@code dataprism dead drop}. */
    @Command(name = "drop", description = "Forget dead letters.")
    static final class Drop extends ScreenCommand {
        @Parameters(arity = "0..*", paramLabel = "NUMBER", description = "Which ones; see dead list.")
        private List<Long> numbers = List.of();

        @Option(names = "--all", description = "All of them.")
        private boolean all;

        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Drop(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            if (all != numbers.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.USAGE, "DP-0452", "Name the dead letters to forget, or say --all.", null);
            }
            long dropped = all ? drop(new JsonObject()) : 0;
            for (long number : numbers) {
                dropped += drop(new JsonObject().put("number", number));
            }
            screen.out()
                    .println(
                            json.wanted()
                                    ? new JsonObject().put("dropped", dropped).encode()
                                    : dropped + " forgotten.");
            return ExitCode.OK;
        }

        private long drop(JsonObject which) {
            return node.ask("dead", "drop", which).getLong("dropped");
        }
    }
}
