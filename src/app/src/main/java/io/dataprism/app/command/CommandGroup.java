package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only holds others: given alone, it shows them. */
abstract class CommandGroup extends ScreenCommand {
    @Spec
    private CommandSpec spec;

    CommandGroup(Screen screen) {
        super(screen);
    }

    @Override
    public final Integer call() {
        spec.commandLine().usage(screen.err());
        return ExitCode.USAGE;
    }
}
