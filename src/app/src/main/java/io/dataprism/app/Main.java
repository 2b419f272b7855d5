package io.dataprism.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the command line begins. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Screen screen = Screen.of(writer(FileDescriptor.out), writer(FileDescriptor.err));
        int exitCode = Cli.run(screen, args);
        screen.flush();
        // A JVM that has finished its command is not kept by threads that a plugin's library left behind.
        Runtime.getRuntime().exit(exitCode);
    }

    /** UTF-8 whatever the locale: reports hold arrows, units and people's data. */
    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
    }
}
