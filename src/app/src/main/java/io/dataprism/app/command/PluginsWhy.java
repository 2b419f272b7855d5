package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins why}. */
@Command(
        name = "why",
        description = "Tell why a plugin runs on a node, or why it does not: the chain of who asked for what.")
final class PluginsWhy extends ScreenCommand {
    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id;

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsWhy(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        JsonObject why = node.ask("plugins", "why", new JsonObject().put("id", id));
        screen.out()
                .println(
                        json.wanted()
                                ? why.encodePrettily()
                                : why.getString("text").stripTrailing());
        return ExitCode.OK;
    }
}
