package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism test}: described here, done by the launcher, since tests must run where nothing is built yet. */
@Command(
        name = "test",
        description = "Run the tests: everything quick, one test class, the attacks on the sandbox, or the faults.",
        footer = {
            "",
            "Builds everything with all checks (mvn verify) and prints Maven's closing lines; the whole log is",
            "target/test.log. Examples: ./dataprism test, or ./dataprism test DependencyResolverTest",
            "",
            "--attacks tries every attack of src/attacks, without a sandbox and in it, on Java 17 and 25, and writes the",
            "table in docs/security.md; with words behind it only those attacks whose names hold one, and no table.",
            "",
            "--faults brings every fault of src/faults about on real nodes and writes the table in docs/faults.md; with",
            "names behind it only those, and no table. Behind it: --json, --brief, --seconds N, --seed N."
        })
final class TestCommand extends ScreenCommand {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A test class, for example CliTest.")
    private String name = "";

    @Option(names = "--attacks", description = "Try the attacks on the sandbox.")
    private boolean attacks;

    @Option(names = "--faults", description = "Try the faults.")
    private boolean faults;

    TestCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        throw new CommandFailure(
                ExitCode.USAGE,
                "DP-0902",
                "Tests run from a clone of the project: use ./dataprism test" + (attacks ? " --attacks" : "")
                        + (faults ? " --faults" : "")
                        + (name.isEmpty() ? "" : " " + name) + " there.");
    }
}
