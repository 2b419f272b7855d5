package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins info}. */
@Command(name = "info", description = "Show what a running node knows of one plugin.")
final class PluginsInfo extends ScreenCommand {
    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id;

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsInfo(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        JsonObject plugin = node.ask("plugins", "info", new JsonObject().put("id", id));
        if (json.wanted()) {
            screen.out().println(plugin.encodePrettily());
        } else {
            plugin.forEach(entry -> screen.out().printf("%-14s %s%n", entry.getKey(), shown(entry.getValue())));
        }
        return ExitCode.OK;
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof JsonArray array) {
            return array.stream().map(PluginsInfo::shown).collect(Collectors.joining("\n               "));
        }
        if (value instanceof JsonObject object) {
            return object.stream()
                    .filter(entry -> entry.getValue() != null && !"".equals(entry.getValue()))
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
        }
        return String.valueOf(value);
    }
}
