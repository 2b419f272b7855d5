package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins lag}. */
@Command(
        name = "lag",
        description = {
            "Show what waits for the plugins of a node, and for its host and the users of its bridge, what they refused and dropped, and what plugins lost",
            "when they ended last; for one of them also by subscription, channel and calls."
        })
final class PluginsLag extends ScreenCommand {
    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            description = "One plugin, or host, operator, user:<name>; all where none is named.")
    private @Nullable String id;

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsLag(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        JsonObject lag = node.ask("plugins", "lag", id == null ? new JsonObject() : new JsonObject().put("id", id));
        if (json.wanted()) {
            screen.out().println(lag.encodePrettily());
            return ExitCode.OK;
        }
        TextTable table = new TextTable("ID", "WAITING", "BYTES", "HELD", "OLDEST MS", "REFUSED", "DROPPED", "");
        lag.getJsonArray("plugins").forEach(plugin -> add(table, (JsonObject) plugin));
        lag.getJsonArray("endpoints", new JsonArray()).forEach(endpoint -> add(table, (JsonObject) endpoint));
        table.print(screen);
        lag.getJsonArray("lost").forEach(loss -> print((JsonObject) loss));
        return ExitCode.OK;
    }

    private void add(TextTable table, JsonObject one) {
        table.add(row(one.getString("id"), one, one.getBoolean("behind") ? "behind" : ""));
        if (id != null) {
            one.getJsonArray("parts").forEach(part -> {
                JsonObject numbers = (JsonObject) part;
                table.add(row("  " + numbers.getString("where"), numbers, ""));
            });
        }
    }

    private static List<String> row(String name, JsonObject numbers, String note) {
        return List.of(
                name,
                numbers.getInteger("waiting").toString(),
                numbers.getLong("bytes").toString(),
                numbers.getInteger("held").toString(),
                numbers.getLong("oldestMillis").toString(),
                numbers.getLong("refused").toString(),
                numbers.getLong("dropped").toString(),
                note);
    }

    private void print(JsonObject loss) {
        JsonArray messages = loss.getJsonArray("messages");
        screen.out()
                .println("'" + loss.getString("who") + "' had not handled " + loss.getLong("total")
                        + " when it ended last:");
        messages.forEach(item -> {
            JsonObject part = (JsonObject) item;
            screen.out()
                    .println("  " + part.getLong("count") + " x " + part.getString("kind") + ", "
                            + part.getString("where") + ", from " + part.getString("from"));
        });
    }
}
