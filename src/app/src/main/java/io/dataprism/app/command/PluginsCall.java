package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.input.Scalars;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins call}. */
@Command(
        name = "call",
        description = "Call a capability of a plugin on a running node, as its operator, and print the answer.",
        footer = {
            "",
            "For example:",
            "  ./dataprism plugins call greeter greet name=Ada",
            "  ./dataprism plugins call tables analyze data='[{city: Oslo, rain: 3}]' config='{}'"
        })
final class PluginsCall extends ScreenCommand {
    private static final int MILLIS = 1000;

    @Parameters(index = "0", paramLabel = "ID", description = "The plugin.")
    private String id;

    @Parameters(index = "1", paramLabel = "CAPABILITY", description = "What it is asked to do.")
    private String capability;

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "NAME=VALUE",
            description =
                    "The request's fields. A value is what YAML makes of it: a text, a number, true, [a, list] or {an: object}.")
    private Map<String, String> fields = Map.of();

    @Option(
            names = "--body",
            paramLabel = "VALUE",
            description = "The whole request instead of its fields, where it is no object.")
    private @Nullable String body;

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            description = "How long the answer may take. Default: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private long within;

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsCall(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        JsonObject request = new JsonObject()
                .put("id", id)
                .put("capability", capability)
                .put("body", request())
                .put("withinMillis", within * MILLIS);
        JsonObject answer = showing("Calling " + id, () -> node.ask("plugins", "call", request));
        if (json.wanted()) {
            screen.out().println(PlainText.of(answer.encode()));
        } else {
            text(answer.getValue("answer")).lines().map(PlainText::of).forEach(screen.out()::println);
        }
        return ExitCode.OK;
    }

    private @Nullable Object request() {
        if (body == null) {
            JsonObject request = new JsonObject();
            fields.forEach((name, value) -> request.put(name, Scalars.of(value)));
            return request;
        }
        if (!fields.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "DP-0926",
                    "The request is given twice: by fields and by --body. Give one of them.");
        }
        return Scalars.of(body);
    }

    private static String text(@Nullable Object answer) {
        if (answer instanceof JsonObject object) {
            return object.encodePrettily();
        }
        return answer instanceof JsonArray array ? array.encodePrettily() : String.valueOf(answer);
    }
}
