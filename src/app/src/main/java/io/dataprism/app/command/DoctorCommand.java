package io.dataprism.app.command;

import io.dataprism.app.Screen;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dataprism doctor}. */
@Command(name = "doctor", description = "Look at this machine: what DataPrism needs and what it found.")
final class DoctorCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    DoctorCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        return new Doctor(screen).report(json.wanted());
    }
}
