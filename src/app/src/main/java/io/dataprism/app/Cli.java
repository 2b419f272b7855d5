package io.dataprism.app;

import io.dataprism.api.PluginException;
import io.dataprism.app.Screen.Style;
import io.dataprism.app.command.RootCommand;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** The command line as a whole: its commands, and how their failures become messages and exit codes. */
public final class Cli {
    private static final Pattern PROBLEM = Pattern.compile("^[^ ].*?: DP-\\d{4} ");

    /** A problem that stands in nobody's way. */
    private static final Pattern REMARK = Pattern.compile("^[^ ].*?: (?:note|warning): DP-\\d{4} ");

    private Cli() {}

    /** Run one command. Never throws. */
    public static int run(Screen screen, String... args) {
        CommandLine line = commandLine(screen);
        Optional<String> unknown = UnknownCommand.in(line, args);
        unknown.ifPresent(screen.err()::println);
        return unknown.isPresent() ? ExitCode.USAGE : line.execute(args);
    }

    static CommandLine commandLine(Screen screen) {
        CommandLine line = new CommandLine(new RootCommand(screen), new CommandFactory(screen));
        line.setOut(screen.out());
        line.setErr(screen.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(Math.max(80, Math.min(screen.width(), 120)));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            int exitCode = report(screen, failure);
            if (failure instanceof PluginException known
                    && command.getCommandSpec().findOption("--option") != null) {
                option(known).ifPresent(screen.err()::println);
            }
            if (command.getParseResult().hasMatchedOption("--json")) {
                screen.out().println(json(failure, exitCode).encodePrettily());
            }
            return exitCode;
        });
        return line;
    }

    /** A script that asked for JSON finds JSON where it looks for the result; people find the same on standard error. */
    private static JsonObject json(Exception failure, int exitCode) {
        String code = failure instanceof PluginException known ? known.code() : "DP-0990";
        return new JsonObject()
                .put(
                        "error",
                        new JsonObject()
                                .put("code", code)
                                .put("message", String.valueOf(failure.getMessage()))
                                .put("exitCode", exitCode));
    }

    /** How an option of the plugin {@code files} that its failure names is written on the command line. */
    private static Optional<String> option(PluginException failure) {
        return failure.code().equals("DP-0718")
                ? Optional.of("Here: --option badRows=skip, or --option badRows=pad")
                : Optional.empty();
    }

    private static int report(Screen screen, Exception failure) {
        if (failure instanceof PluginException known) {
            screen.err().println(screen.noticed(Style.RED, "error " + known.code()) + ": " + told(known));
            showTrace(screen, known);
            return ExitCode.of(known);
        }
        if (failure instanceof InterruptedException) {
            return ExitCode.INTERRUPTED;
        }
        screen.err()
                .println(screen.noticed(Style.RED, "error DP-0990") + ": DataPrism itself failed: " + failure
                        + ". This is a defect; please report it with what follows.");
        screen.err().println(trace(failure));
        return ExitCode.DEFECT;
    }

    /** The message; where it is a list of problems, each with a code, the first one's code is not told twice. */
    private static String told(PluginException failure) {
        String message = String.valueOf(failure.getMessage());
        String own = ": " + failure.code() + " ";
        if (message.lines().findFirst().filter(first -> first.contains(own)).isEmpty()) {
            return message;
        }
        long problems = message.lines()
                .filter(PROBLEM.asPredicate())
                .filter(line -> !REMARK.matcher(line).find())
                .count();
        return problems == 1 ? message.replaceFirst(own, ": ") : problems + " problems\n" + message;
    }

    /** The stack of an expected failure is noise, unless somebody asks with {@code DATAPRISM_TRACE=1}. */
    private static void showTrace(Screen screen, Throwable failure) {
        if (System.getenv("DATAPRISM_TRACE") != null) {
            screen.err().println(trace(failure));
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
