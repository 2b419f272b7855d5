package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.input.Scalars;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dataprism control}. */
@Command(
        name = "control",
        description = "Carry out any control operation of a running node, and print its answer, which is JSON.",
        footer = {
            "",
            "All operations: docs/control.md. For example:",
            "  ./dataprism control config:status",
            "  ./dataprism control tasks:cancel task=task-3",
            "  ./dataprism control channels:create name=desk participants='[greeter, user:ada]'"
        })
final class ControlCommand extends ScreenCommand {
    @Parameters(index = "0", paramLabel = "NOUN:VERB", description = "The operation, for example tasks:list.")
    private String operation;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NAME=VALUE",
            description =
                    "What it needs. A value is what YAML makes of it: a text, a number, true, [a, list] or {an: object}.")
    private Map<String, String> fields = Map.of();

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    ControlCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        String[] words = operation.split(":", -1);
        if (words.length != 2 || words[0].isEmpty() || words[1].isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "DP-0925",
                    "'" + PlainText.of(operation)
                            + "' is no control operation: expected a noun, a colon and a verb, such as tasks:list.");
        }
        JsonObject body = new JsonObject();
        fields.forEach((name, value) -> body.put(name, Scalars.of(value)));
        JsonObject answer = showing(operation, () -> node.ask(words[0], words[1], body));
        if (json.wanted()) {
            screen.out().println(PlainText.of(answer.encode()));
        } else {
            answer.encodePrettily().lines().map(PlainText::of).forEach(screen.out()::println);
        }
        return ExitCode.OK;
    }
}
