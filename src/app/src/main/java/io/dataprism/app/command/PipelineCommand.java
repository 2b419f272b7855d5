package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.pipeline.PipelineReader;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism pipeline}. */
@Command(
        name = "pipeline",
        description = "Pipelines: capability calls in a YAML file.",
        subcommands = {PipelineRunCommand.class, PipelineCommand.Check.class, PipelineCommand.Schema.class})
final class PipelineCommand extends CommandGroup {
    PipelineCommand(Screen screen) {
        super(screen);
    }

    /** {@code dataprism pipeline check}. */
    @Command(
            name = "check",
            description = "Check a pipeline without running anything: syntax, plugins, capabilities, references.",
            footer = {"", "Ends with 3 where something is wrong."})
    static final class Check extends ScreenCommand {
        @Parameters(paramLabel = "FILE", description = "The pipeline.")
        private Path file;

        @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Give a setting.")
        private Map<String, String> settings = Map.of();

        @Option(names = "--conf", paramLabel = "FOLDER", description = "Check against this configuration's plugins.")
        private @Nullable Path conf;

        @Mixin
        private final JsonOption json = new JsonOption();

        Check(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() throws InterruptedException {
            PipelineReader.Read read = new PipelineReader(Catalogues.of(conf), settings).read(file);
            return Verdict.show(
                    screen,
                    json,
                    read.problems(),
                    () -> file + ": " + read.orThrow().steps().size() + " steps");
        }
    }

    /** {@code dataprism pipeline schema}. */
    @Command(name = "schema", description = "Print the JSON Schema of pipelines, for editors.")
    static final class Schema extends ScreenCommand {
        Schema(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            screen.out().println(PipelineReader.schema());
            return ExitCode.OK;
        }
    }
}
