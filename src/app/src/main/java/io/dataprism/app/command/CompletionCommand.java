package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dataprism completion}. */
@Command(
        name = "completion",
        description = "Print a completion script for bash and zsh.",
        footer = {"", "Use it in this shell:  source <(./dataprism completion)"})
final class CompletionCommand extends ScreenCommand {
    @Spec
    private CommandSpec spec;

    CompletionCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        screen.out().print(AutoComplete.bash("dataprism", spec.root().commandLine()));
        return ExitCode.OK;
    }
}
