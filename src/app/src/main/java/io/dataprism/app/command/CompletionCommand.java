package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dataprism completion}. */
@Command(
        name = "completion",
        description = "Print a completion script for bash and zsh.",
        footer = {"", "Use it in this shell:  source <(./dataprism completion)"})
final class CompletionCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final HelpOption help = new HelpOption();

    CompletionCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        screen.out().print(AutoComplete.bash("dataprism", spec.root().commandLine()));
        return ExitCode.OK;
    }
}
