package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism audit}. */
@Command(
        name = "audit",
        description =
                "A node's audit log: who did or was refused what, and why; and whether the log is as it was written.",
        subcommands = {
            AuditCommand.Listing.class,
            AuditCommand.Verify.class,
            AuditCommand.HeadOf.class,
            AuditCommand.Export.class
        },
        footer = {"", "Of a node that runs, and of the data folder of one that does not. More: docs/audit.md."})
final class AuditCommand extends CommandGroup {
    AuditCommand(Screen screen) {
        super(screen);
    }

    private static String plain(JsonObject json, String field) {
        return PlainText.of(json.getString(field, ""));
    }

    /** What keeps the node from writing, where something does. */
    private static void trouble(Screen screen, JsonObject answer) {
        String trouble = answer.getString("trouble");
        if (trouble != null) {
            screen.err().println("Note: " + PlainText.of(trouble));
        }
    }

    /** {@code dataprism audit list}. */
    @Command(name = "list", description = "List the newest lines, the newest last.")
    static final class Listing extends ScreenCommand {
        @Mixin
        private final AuditFilter filter = new AuditFilter();

        @Option(
                names = "--limit",
                paramLabel = "N",
                description = "So many lines at most. Default: ${DEFAULT-VALUE}.",
                defaultValue = "50")
        private int limit;

        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Listing(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            JsonObject answer = new AuditAnswers(node).list(filter.query().put("limit", limit));
            if (json.wanted()) {
                screen.out().println(PlainText.of(answer.encode()));
            } else {
                table(answer.getJsonArray("lines")).print(screen);
            }
            trouble(screen, answer);
            return ExitCode.OK;
        }

        private static TextTable table(JsonArray lines) {
            TextTable table = new TextTable("LINE", "AT", "WHO", "WHAT", "TARGET", "DECISION", "COUNT", "WHY");
            lines.forEach(item -> table.add(row((JsonObject) item)));
            return table;
        }

        private static List<String> row(JsonObject line) {
            String id = plain(line, "id");
            String version = plain(line, "version");
            return List.of(
                    String.valueOf(line.getLong("sequence")),
                    Instant.parse(line.getString("at"))
                            .truncatedTo(ChronoUnit.MILLIS)
                            .toString(),
                    plain(line, "who") + (id.isEmpty() ? "" : ":" + id) + (version.isEmpty() ? "" : " " + version),
                    plain(line, "what"),
                    plain(line, "target"),
                    plain(line, "decision"),
                    String.valueOf(line.getLong("count")),
                    plain(line, "why"));
        }
    }

    /** {@code dataprism audit verify}. */
    @Command(
            name = "verify",
            description = "Check every line against its hash and against the line before.",
            footer = {
                "",
                "Exit codes: 0 the log is as it was written, 1 something was altered, removed, replaced or cut off.",
                "Without --heads nobody can tell that lines at the end are missing, or that all of it was written anew."
            })
    static final class Verify extends ScreenCommand {
        @Option(
                names = "--heads",
                paramLabel = "FILE",
                description =
                        "The heads that were told elsewhere, as 'audit.heads' in the configuration names their file.")
        private Optional<Path> heads = Optional.empty();

        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Verify(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            JsonObject verdict = new AuditAnswers(node).verify(heads);
            boolean sound = verdict.getBoolean("sound");
            if (json.wanted()) {
                screen.out().println(PlainText.of(verdict.encode()));
            } else {
                verdict.getJsonArray("findings").forEach(found -> screen.out().println(PlainText.of((String) found)));
                screen.out().println(summary(verdict, sound));
                Notes.print(screen, verdict);
            }
            trouble(screen, verdict);
            return sound ? ExitCode.OK : ExitCode.FAILED;
        }

        private String summary(JsonObject verdict, boolean sound) {
            long lines = verdict.getLong("lines");
            String which = lines == 0
                    ? "no lines"
                    : lines + " lines, " + verdict.getLong("first") + " to " + verdict.getLong("last");
            String against = heads.isPresent()
                    ? ", held against " + verdict.getInteger("heads") + " heads"
                    : ", held against no heads: that its end is there can't be shown";
            return (sound ? "The audit log is as it was written: " : "The audit log is not as it was written: ") + which
                    + against + ".";
        }
    }

    /** {@code dataprism audit head}. */
    @Command(
            name = "head",
            description = "Print number and hash of the newest line, to be kept elsewhere.",
            footer = {"", "Lines of --json, in a file, are heads for 'audit verify --heads'."})
    static final class HeadOf extends ScreenCommand {
        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        HeadOf(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            JsonObject head = new AuditAnswers(node).head();
            if (json.wanted()) {
                screen.out().println(PlainText.of(head.encode()));
            } else if (head.containsKey("hash")) {
                screen.out().println(head.getLong("sequence") + " " + head.getString("hash"));
            } else {
                screen.err().println("There is no line yet.");
            }
            trouble(screen, head);
            return ExitCode.OK;
        }
    }

    /** {@code dataprism audit export}. */
    @Command(
            name = "export",
            description = "Write all lines, or those that are asked for, to a file as JSON lines, the oldest first.",
            footer = {
                "",
                "Fields stand as in the log, so that the hashes of a whole export can be checked: docs/audit.md."
            })
    static final class Export extends ScreenCommand {
        private static final int PAGE = 2_000;

        @Parameters(paramLabel = "FILE", description = "Where to; there must be nothing yet. '-' is the output.")
        private String file;

        @Mixin
        private final AuditFilter filter = new AuditFilter();

        @Mixin
        private final NodeOption node = new NodeOption();

        Export(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            if (file.equals("-")) {
                export(line -> screen.out().println(line));
                screen.out().flush();
                return ExitCode.OK;
            }
            Path path = Path.of(file);
            try (Writer writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
                long lines = export(line -> writer.append(line).append('\n'));
                screen.err().println(lines + " lines in " + path);
            } catch (FileAlreadyExistsException e) {
                throw unwritable(path, "something is there already");
            } catch (IOException e) {
                throw unwritable(path, e.toString());
            }
            return ExitCode.OK;
        }

        private static CommandFailure unwritable(Path path, String why) {
            return new CommandFailure(
                    ExitCode.FAILED,
                    "DP-0859",
                    "The audit log can't be exported to " + path + ": " + why
                            + ". Name a file that is not there, in a folder that you may write to.");
        }

        /** Where a line goes. */
        private interface Lines {
            void add(String line) throws IOException;
        }

        private long export(Lines to) {
            AuditAnswers answers = new AuditAnswers(node);
            long after = 0;
            long count = 0;
            while (true) {
                JsonArray page = answers.list(filter.query().put("after", after).put("limit", PAGE))
                        .getJsonArray("lines");
                if (page.isEmpty()) {
                    return count;
                }
                for (Object item : page) {
                    JsonObject line = (JsonObject) item;
                    add(to, line.encode());
                    after = line.getLong("sequence");
                    count++;
                }
            }
        }

        private void add(Lines to, String line) {
            try {
                to.add(line);
            } catch (IOException e) {
                throw unwritable(Path.of(file), e.toString());
            }
        }
    }
}
