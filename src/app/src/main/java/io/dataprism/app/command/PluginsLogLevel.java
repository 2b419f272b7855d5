package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins log-level}. */
@Command(
        name = "log-level",
        description = "Let one plugin of a running node log more or less.",
        footer = {"", "It holds at once, and until the node ends."})
final class PluginsLogLevel extends ScreenCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "The plugin.")
    private String id;

    @Parameters(index = "1", paramLabel = "LEVEL", description = "error, warn, info, debug, or default: as all others.")
    private String level;

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsLogLevel(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        JsonObject answer = node.ask(
                "plugins", "level", new JsonObject().put("id", id).put("level", level.toLowerCase(Locale.ROOT)));
        screen.out()
                .println(
                        json.wanted()
                                ? answer.encodePrettily()
                                : "default".equals(answer.getString("level"))
                                        ? id + " logs as all others do."
                                        : id + " logs from " + answer.getString("level") + " on, until the node ends.");
        return ExitCode.OK;
    }
}
