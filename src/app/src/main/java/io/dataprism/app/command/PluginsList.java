package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dataprism plugins list}. */
@Command(
        name = "list",
        description =
                "List the plugins of a node, with their states; without a running node, those installed in its data folder.")
final class PluginsList extends ScreenCommand {
    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsList(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        boolean running = node.isRunning();
        JsonObject answer = running ? node.ask("plugins", "list", new JsonObject()) : new JsonObject();
        JsonArray plugins = running ? answer.getJsonArray("plugins") : OfflineRegistry.list(node.folder());
        if (json.wanted()) {
            screen.out().println(plugins.encodePrettily());
            return ExitCode.OK;
        }
        if (!running) {
            screen.err().println("No node runs on " + node.folder() + "; this is what is installed there.");
        }
        TextTable table = new TextTable("PLUGIN", "VERSION", "STATE", "CATEGORY", "ABOUT");
        plugins.forEach(item -> table.add(row((JsonObject) item)));
        table.print(screen);
        tellForeigners(answer.getJsonArray("foreigners", new JsonArray()));
        tellChecks(answer.getJsonArray("failingChecks", new JsonArray()));
        return ExitCode.OK;
    }

    /** Who takes messages away from plugins. */
    private void tellForeigners(JsonArray foreigners) {
        foreigners.forEach(one -> screen.err().println("warning: " + ForeignLine.of((JsonObject) one)));
    }

    /** What the node does not look after meanwhile. */
    private void tellChecks(JsonArray failing) {
        failing.forEach(check -> screen.err()
                .println("warning: " + FailingCheckLine.of((JsonObject) check) + " (" + FailingCheckLine.REMEDY + ")"));
    }

    private List<String> row(JsonObject plugin) {
        JsonObject error = plugin.getJsonObject("error", new JsonObject());
        String about = plugin.getString("waiting", plugin.getString("reason", plugin.getString("description", "")));
        String note = error.isEmpty()
                ? about
                : screen.styled(Style.RED, error.getString("code") + " " + error.getString("message"));
        return List.of(
                plugin.getString("id"),
                plugin.getString("version"),
                plugin.getString("state"),
                plugin.getString("category"),
                note.lines().findFirst().orElse(""));
    }
}
