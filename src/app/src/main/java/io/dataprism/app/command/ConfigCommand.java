package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.dataprism.app.conf.ConfRead;
import io.dataprism.app.conf.ConfReader;
import io.dataprism.app.conf.ConfSchema;
import io.dataprism.app.conf.ConfSources;
import io.dataprism.app.conf.Shipped;
import io.dataprism.app.input.Problems;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dataprism config}. */
@Command(
        name = "config",
        description = "The node's configuration.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Schema.class})
final class ConfigCommand extends ScreenCommand {
    @Spec
    private CommandSpec spec;

    ConfigCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(screen.err());
        return ExitCode.USAGE;
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
            ConfRead read = OneVertx.with(vertx -> new ConfReader(vertx, sources, Shipped.current()).read());
            if (json.wanted()) {
                screen.out()
                        .println(new JsonObject()
                                .put("ok", read.conf().isPresent())
                                .put("problems", Problems.toJson(read.problems()))
                                .encodePrettily());
            } else {
                Problems.show(screen, read.problems());
                read.conf()
                        .ifPresent(good -> screen.out()
                                .println(screen.styled(Style.GREEN, "ok") + "  " + sources.folder() + ": "
                                        + good.desired().plugins().size() + " plugins"));
            }
            return read.conf().isPresent() ? ExitCode.OK : ExitCode.BAD_INPUT;
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
