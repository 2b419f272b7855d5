package io.dataprism.faults.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The build that nodes run from, and how the launcher starts one from it. */
public record Distribution(Path folder) {
    private static final int WARNS_OF_UNSAFE = 24;
    private static final int WARNS_OF_NATIVE_ACCESS = 22;

    /** The one that the launcher or the build names. */
    public static Distribution given() {
        String folder = System.getProperty("dataprism.distribution");
        if (folder == null) {
            throw new IllegalStateException(
                    "No distribution is named. Start with ./dataprism test --faults, or set -Ddataprism.distribution.");
        }
        return new Distribution(Path.of(folder).toAbsolutePath().normalize());
    }

    /** The command that runs a node in closed modules with the agent, on this JVM's own JDK. */
    List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseG1GC");
        int release = Runtime.version().feature();
        if (release >= WARNS_OF_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        Path archive = folder.resolve("modules.jsa");
        if (Files.exists(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        if (release >= WARNS_OF_NATIVE_ACCESS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add("-javaagent:" + agent() + "=kept=" + folder.resolve("checks"));
        command.add("-Ddataprism.home=" + System.getProperty("dataprism.home", "."));
        command.add("-Ddataprism.terminal=none");
        command.addAll(options);
        command.addAll(List.of("-p", folder.resolve("lib").toString(), "-m", "io.dataprism.app", "run"));
        return command;
    }

    private Path agent() {
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("dataprism-agent-"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("There is no agent in " + folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
