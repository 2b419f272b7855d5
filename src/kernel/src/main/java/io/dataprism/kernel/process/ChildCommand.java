package io.dataprism.kernel.process;

import io.dataprism.child.Child;
import io.dataprism.child.ChildJars;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The command line of a child, by how much memory its plugin may use.
 *
 * @param told bytes that its JVM is told to hold at most, of all kinds together
 */
record ChildCommand(List<String> line, long told) {
    private static final long MIB = 1 << 20;
    private static final long SMALLEST_HEAP = 16 * MIB;

    private static final long CODE = 48;
    /** Of stacks: those of the JVM's own threads and of some hundred of the plugin's. */
    private static final long STACKS = 64;

    /**
     * A plain JVM with nothing in it but what a child needs.
     *
     * @param memory bytes of heap
     * @param archive of the classes that it needs, see {@link ChildArchive}
     */
    static ChildCommand of(long memory, Optional<Path> archive) {
        long heap = Math.max(SMALLEST_HEAP, memory);
        long direct = Math.max(16, heap / MIB / 4);
        long classes = Math.max(64, heap / MIB / 2);
        List<String> command = new ArrayList<>(jvm());
        command.add("-Xms8m");
        command.add("-Xmx" + heap / MIB + "m");
        command.add("-Xss512k");
        command.add("-XX:MaxDirectMemorySize=" + direct + "m");
        command.add("-XX:MaxMetaspaceSize=" + classes + "m");
        command.add("-XX:ReservedCodeCacheSize=" + CODE + "m");
        archive.ifPresent(file -> command.add("-XX:SharedArchiveFile=" + file));
        command.add("-cp");
        command.add(classPath(ChildJars.all()));
        command.add(Child.class.getName());
        return new ChildCommand(command, heap + (direct + classes + CODE + STACKS) * MIB);
    }

    /** The program, and what it is told whoever the plugin is: an archive of its classes is good for JVMs that are told the same. */
    static List<String> jvm() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-Xshare:auto",
                "-Xlog:cds=off",
                "-Dfile.encoding=UTF-8",
                "-Dio.netty.noUnsafe=true");
    }

    static String classPath(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
