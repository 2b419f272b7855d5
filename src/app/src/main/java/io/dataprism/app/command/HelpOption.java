package io.dataprism.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --help}, on each command. */
@Command
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }
}
