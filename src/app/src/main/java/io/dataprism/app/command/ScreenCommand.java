package io.dataprism.app.command;

import io.dataprism.app.Screen;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What all commands share: where they print, and {@code --help}. A command answers with an {@link io.dataprism.app.ExitCode}. */
abstract class ScreenCommand implements Callable<Integer> {
    final Screen screen;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean helpWanted;

    ScreenCommand(Screen screen) {
        this.screen = screen;
    }
}
