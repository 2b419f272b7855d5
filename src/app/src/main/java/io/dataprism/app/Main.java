package io.dataprism.app;

import io.dataprism.agent.Agent;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the command line begins. */
public final class Main {
    /** Where the launcher keeps what the agent makes of the JDK's classes, in the JVM that works out what later ones take over. */
    private static final String REHEARSED = "dataprism.rehearsed";

    private Main() {}

    public static void main(String[] args) throws IOException {
        String checks = System.getProperty(REHEARSED);
        if (checks != null) {
            Agent.rehearse(Path.of(checks));
        }
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
