package io.dataprism.app.command;

import io.dataprism.app.conf.ConfSources;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --conf}: which configuration folder. */
@Command
final class ConfOption {
    @Option(
            names = "--conf",
            paramLabel = "FOLDER",
            description = "The configuration folder, with kernel.yaml in it; ./conf when left out.")
    private Optional<Path> folder = Optional.empty();

    ConfSources sources() {
        return ConfSources.of(folder.orElse(Path.of("conf")));
    }
}
