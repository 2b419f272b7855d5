package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins limit}. */
@Command(
        name = "limit",
        description = "Let one plugin of a running node use more or less than the node lets each.",
        footer = {
            "",
            "It holds at once, and until the node ends; for good it stands in conf/kernel.yaml, plugins.<id>.limits. What is not named is as for any other plugin."
        })
final class PluginsLimit extends ScreenCommand {
    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id;

    @Option(names = "--cpu", paramLabel = "PERCENT", description = "Percent of one core, such as 150.")
    private Optional<Integer> cpu = Optional.empty();

    @Option(names = "--memory", paramLabel = "SIZE", description = "On its memory account at most, such as 256MiB.")
    private Optional<String> memory = Optional.empty();

    @Option(
            names = "--count",
            paramLabel = "NAME=N",
            description =
                    "At most so many timers, subscriptions, channels, files, requests, sessions, lines (logged a minute) or messages (sent a second); again for each.")
    private Map<String, Integer> counts = Map.of();

    @Option(names = "--default", description = "As for any other plugin.")
    private boolean usual;

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsLimit(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (usual == (cpu.isPresent() || memory.isPresent() || !counts.isEmpty())) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "DP-0621",
                    "Say --cpu, --memory, --count or several of them, or --default and none.",
                    null);
        }
        JsonObject body = new JsonObject().put("id", id);
        cpu.ifPresent(percent -> body.put("cpu", percent));
        memory.ifPresent(size -> body.put("memory", size));
        counts.forEach(body::put);
        JsonObject answer = node.ask("plugins", "limit", body);
        if (json.wanted()) {
            screen.out().println(answer.encodePrettily());
        } else {
            JsonObject use = answer.getJsonObject("use");
            screen.out()
                    .println(
                            use == null
                                    ? id + " is limited from its next start on."
                                    : String.format(
                                            Locale.ROOT,
                                            "%s may use %d %% of a core (now %.0f %%) and %s of memory (now %s).",
                                            id,
                                            use.getInteger("cpuLimit"),
                                            use.getDouble("cpuPercent"),
                                            Amounts.bytes(use.getLong("memoryLimit")),
                                            Amounts.bytes(use.getLong("memory"))));
        }
        return ExitCode.OK;
    }
}
