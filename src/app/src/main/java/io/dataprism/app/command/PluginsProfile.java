package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.kernel.text.IoCause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins profile}. */
@Command(
        name = "profile",
        description =
                "Show where one plugin of a running node spends its time: the methods in which its slices and blocking work were seen most often.",
        footer = {"", "What it does on threads of its own is not seen. '(waiting)' is a method that did not compute."})
final class PluginsProfile extends ScreenCommand {
    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id;

    @Option(names = "--seconds", paramLabel = "N", description = "For so long; 5 if nothing is said, 60 at most.")
    private int seconds = 5;

    @Option(names = "--rows", paramLabel = "N", description = "So many methods; 20 if nothing is said.")
    private int rows = 20;

    @Option(
            names = "--collapsed",
            paramLabel = "FILE",
            description = "Write the stacks there as well, each with its number, as tools for flame graphs read them.")
    private Optional<Path> collapsed = Optional.empty();

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsProfile(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        JsonObject profile = showing(
                "profile " + id,
                () -> node.ask(
                        "plugins", "profile", new JsonObject().put("id", id).put("seconds", seconds)));
        collapsed.ifPresent(file -> write(file, profile.getJsonArray("collapsed")));
        if (json.wanted()) {
            screen.out().println(PlainText.of(profile.encode()));
        } else {
            show(profile);
        }
        return ExitCode.OK;
    }

    private static void write(Path file, JsonArray stacks) {
        try {
            Files.write(file, stacks.stream().map(String::valueOf).toList());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "DP-1034",
                    "The stacks were not written to " + file + " (" + IoCause.of(e) + "). Name another file.",
                    e);
        }
    }

    private void show(JsonObject profile) {
        int samples = profile.getInteger("samples");
        screen.out()
                .println(String.format(
                        Locale.ROOT,
                        "%s: seen at work %d times in %d looks over %.1f s",
                        id,
                        samples,
                        profile.getInteger("looks"),
                        profile.getLong("tookMillis") / 1_000.0));
        if (samples == 0) {
            return;
        }
        TextTable table = new TextTable("SELF", "TOTAL", "METHOD");
        profile.getJsonArray("flat").stream()
                .map(JsonObject.class::cast)
                .limit(Math.max(1, rows))
                .forEach(line -> table.add(List.of(
                        percent(line.getInteger("self"), samples),
                        percent(line.getInteger("total"), samples),
                        PlainText.of(line.getString("frame")))));
        table.print(screen);
    }

    private static String percent(int part, int all) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
    }
}
