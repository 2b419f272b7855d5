package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.conf.ConfRead;
import io.dataprism.app.conf.ConfReader;
import io.dataprism.app.conf.ConfSchema;
import io.dataprism.app.conf.ConfSources;
import io.dataprism.app.conf.Shipped;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dataprism config}. */
@Command(
        name = "config",
        description = "The node's configuration.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Schema.class})
final class ConfigCommand extends CommandGroup {
    ConfigCommand(Screen screen) {
        super(screen);
    }

    /** {@code dataprism config check}. */
    @Command(
            name = "check",
            description =
                    "Check the configuration without running anything: syntax, keys, plugins, their settings and grants.",
            footer = {
                "",
                "Works offline. Ends with 3 where something is wrong, so that it can stand in front of a merge."
            })
    static final class Check extends ScreenCommand {
        @Mixin
        private final ConfOption conf = new ConfOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Check(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() throws Exception {
            ConfSources sources = conf.sources();
            // The node's secrets are where the node is.
            ConfRead read = showing(
                    "config check",
                    () -> OneVertx.with(vertx -> ConfReader.elsewhere(vertx, sources, Shipped.current())
                            .read()));
            return Verdict.show(
                    screen,
                    json,
                    read.problems(),
                    () -> sources.folder() + ": "
                            + read.orThrow().desired().plugins().size() + " plugins");
        }
    }

    /** {@code dataprism config schema}. */
    @Command(name = "schema", description = "Print the JSON Schema of kernel.yaml, for editors.")
    static final class Schema extends ScreenCommand {
        Schema(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            screen.out().println(ConfSchema.text());
            return ExitCode.OK;
        }
    }
}
