package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.bundle.Bundle;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dataprism doctor}. */
@Command(
        name = "doctor",
        description =
                "Look at this machine, what DataPrism needs and what it found; and at the node of the data folder, where one runs.")
final class DoctorCommand extends ScreenCommand {
    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final ConfOption conf = new ConfOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description =
                    "Pack all that helps to find out what is wrong into this zip, without secrets and without plugins' own words.")
    private Optional<Path> bundle = Optional.empty();

    @Option(
            names = "--with-messages",
            description = "Pack the plugins' own words, too: their log lines and the messages of their exceptions.")
    private boolean withWords;

    DoctorCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws InterruptedException {
        Doctor doctor = new Doctor(screen, node);
        return bundle.isEmpty() ? doctor.report(json.wanted()) : pack(doctor, bundle.get());
    }

    private int pack(Doctor doctor, Path file) throws InterruptedException {
        JsonArray checks = doctor.examine();
        Bundle written = showing(
                "doctor --bundle",
                () -> new DoctorBundle(node, withWords).write(file, conf.sources(), VersionCommand.versions(), checks));
        if (json.wanted()) {
            JsonArray parts = new JsonArray();
            written.parts()
                    .forEach(part -> parts.add(new JsonObject()
                            .put("name", part.name())
                            .put("about", part.about())
                            .put("characters", part.text().length())));
            screen.out()
                    .println(new JsonObject()
                            .put("file", file.toString())
                            .put("parts", parts)
                            .put("lacking", new JsonArray(written.lacking()))
                            .encodePrettily());
        } else {
            written.parts().forEach(part -> screen.out().printf("%-28s %s%n", part.name(), part.about()));
            written.lacking().forEach(line -> screen.out().println("lacking: " + line));
            screen.out().println("Written to " + file + ". Look through it before you give it away.");
        }
        return ExitCode.OK;
    }
}
