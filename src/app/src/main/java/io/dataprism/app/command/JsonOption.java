package io.dataprism.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --json}, on each command that prints data. */
@Command
final class JsonOption {
    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }
}
