package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins doctor}. */
@Command(
        name = "doctor",
        description =
                "Tell one plugin's story: its state and how it came to it, failures, budgets, permissions, neighbours, messages, and what to do next.")
final class PluginsDoctor extends ScreenCommand {
    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id;

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsDoctor(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        JsonObject story = node.ask("plugins", "doctor", new JsonObject().put("id", id));
        if (json.wanted()) {
            screen.out().println(PlainText.of(story.encode()));
        } else {
            new PluginStory(story).lines().forEach(line -> screen.out().println(PlainText.of(line)));
        }
        return ExitCode.OK;
    }
}
