package io.dataprism.app.command;

import io.dataprism.app.Progress;
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

    /** Do {@code work}, whose steps nobody can count, and show that it goes on where it takes longer than a second. */
    final <T, E extends Exception> T showing(String task, Work<T, E> work) throws E {
        Progress bar = Progress.of(screen, task, 0);
        try {
            return work.get();
        } finally {
            bar.close();
        }
    }

    /** What a command does, and how it fails. */
    interface Work<T, E extends Exception> {
        T get() throws E;
    }
}
