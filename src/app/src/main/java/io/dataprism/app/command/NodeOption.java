package io.dataprism.app.command;

import io.dataprism.app.control.ControlClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --data}: which node, by its data folder. */
@Command
final class NodeOption {
    @Option(names = "--data", paramLabel = "FOLDER", description = "The node's data folder; ./data when left out.")
    private Path folder = Path.of("data");

    Path folder() {
        return folder.toAbsolutePath().normalize();
    }

    boolean isRunning() {
        return ControlClient.isRunning(folder);
    }

    /** Ask the node that runs there. */
    JsonObject ask(String noun, String verb, JsonObject body) {
        try (ControlClient client = ControlClient.connect(folder)) {
            return client.invoke(noun, verb, body);
        }
    }
}
