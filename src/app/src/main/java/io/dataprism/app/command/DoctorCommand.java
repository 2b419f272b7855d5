package io.dataprism.app.command;

import io.dataprism.app.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dataprism doctor}. */
@Command(
        name = "doctor",
        description =
                "Look at this machine, what DataPrism needs and what it found; and at the node of the data folder, where one runs.")
final class DoctorCommand extends ScreenCommand {
    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    DoctorCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        return new Doctor(screen, node).report(json.wanted());
    }
}
