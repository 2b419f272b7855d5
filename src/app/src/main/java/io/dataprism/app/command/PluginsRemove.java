package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins remove}. */
@Command(
        name = "remove",
        description = "Stop a plugin and delete all its installed versions.",
        footer = {
            "",
            "Works on a running node, and on the data folder of one that does not run.",
            "What the plugin stores stays unless --storage is given, and is there when the same artifact is installed again:",
            "see  ./dataprism plugins storage"
        })
final class PluginsRemove extends ScreenCommand {
    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id;

    @Option(names = "--storage", description = "Delete what it stores as well.")
    private boolean storage;

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsRemove(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        JsonObject removed = showing("remove " + id, this::remove);
        if (json.wanted()) {
            screen.out().println(removed.encodePrettily());
        } else {
            screen.out().println("Removed " + id + " from " + node.folder() + ".");
            Notes.print(screen, removed);
        }
        return ExitCode.OK;
    }

    private JsonObject remove() {
        if (node.isRunning()) {
            return node.ask("plugins", "remove", new JsonObject().put("id", id).put("storage", storage));
        }
        OfflineRegistry.remove(node.folder(), id, storage);
        return new JsonObject().put("id", id);
    }
}
