package io.dataprism.app.command;

import io.dataprism.app.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dataprism doctor}. */
@Command(name = "doctor", description = "Look at this machine: what DataPrism needs and what it found.")
final class DoctorCommand extends ScreenCommand {
    @Mixin
    private final JsonOption json = new JsonOption();

    DoctorCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        return new Doctor(screen).report(json.wanted());
    }
}
