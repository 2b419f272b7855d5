package io.dataprism.app;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of the command line in this JVM, and what it printed. */
record CliRun(int exitCode, String out, String err) {

    static CliRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Cli.run(Screen.of(new PrintWriter(out, true), new PrintWriter(err, true)), args);
        return new CliRun(exitCode, out.toString(), err.toString());
    }

    static Screen screen() {
        return Screen.of(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    }
}
