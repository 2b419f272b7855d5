package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dataprism test}: described here, done by the launcher, since tests must run where nothing is built yet. */
@Command(
        name = "test",
        description = "Run the tests: everything quick, or one test class.",
        footer = {
            "",
            "Builds everything with all checks (mvn verify) and prints Maven's closing lines; the whole log is",
            "target/test.log. Examples: ./dataprism test, or ./dataprism test DependencyResolverTest"
        })
final class TestCommand extends ScreenCommand {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A test class, for example CliTest.")
    private String name = "";

    TestCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        throw new CommandFailure(
                ExitCode.USAGE,
                "DP-0902",
                "Tests run from a clone of the project: use ./dataprism test" + (name.isEmpty() ? "" : " " + name)
                        + " there.");
    }
}
