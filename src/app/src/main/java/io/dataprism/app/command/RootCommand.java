package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dataprism} without a command: the overview. */
@Command(
        name = "dataprism",
        description = "A plugin microkernel: plugins from plugin.yaml to a chart.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Text.class,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            QueryCommand.class,
            PipelineCommand.class,
            PluginsCommand.class,
            GrantsCommand.class,
            AuditCommand.class,
            StoreCommand.class,
            TailCommand.class,
            TopCommand.class,
            DeadCommand.class,
            ControlCommand.class,
            ConfigCommand.class,
            TestCommand.class,
            DoctorCommand.class,
            VersionCommand.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 wrong input, 4 no node runs, 5 taken.",
            "Help on a command: dataprism COMMAND --help"
        })
public final class RootCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec;

    public RootCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(screen.err());
        return ExitCode.USAGE;
    }
}
