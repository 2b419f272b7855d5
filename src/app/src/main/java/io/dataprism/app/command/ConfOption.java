package io.dataprism.app.command;

import io.dataprism.app.conf.ConfReader;
import io.dataprism.app.conf.ConfSources;
import io.dataprism.app.conf.NodeConf;
import io.dataprism.app.conf.Shipped;
import io.dataprism.kernel.admission.AdmissionOptions;
import java.nio.file.Files;
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

    /**
     * The policy of the node of a data folder, where this is its configuration; else the usual one.
     *
     * @throws io.dataprism.api.PluginException that lists what is wrong with the configuration: what it asks for can't be known then
     */
    AdmissionOptions policyFor(Path data) throws InterruptedException {
        ConfSources sources = sources();
        if (folder.isEmpty() && !Files.exists(sources.main())) {
            return AdmissionOptions.DEFAULT;
        }
        NodeConf conf = OneVertx.with(vertx -> new ConfReader(vertx, sources, Shipped.current()).read())
                .orThrow();
        boolean same = conf.data().toAbsolutePath().normalize().equals(data);
        return folder.isPresent() || same ? conf.kernel().admission() : AdmissionOptions.DEFAULT;
    }
}
