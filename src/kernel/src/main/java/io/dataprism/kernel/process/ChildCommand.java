package io.dataprism.kernel.process;

import io.dataprism.child.Child;
import io.dataprism.child.ChildJars;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of a child, by how much memory its plugin may use. */
final class ChildCommand {
    private static final long MIB = 1 << 20;
    private static final long SMALLEST_HEAP = 16 * MIB;

    private ChildCommand() {}

    /**
     * A plain JVM with nothing in it but what a child needs.
     *
     * @param memory bytes of heap
     */
    static List<String> of(long memory) {
        long heap = Math.max(SMALLEST_HEAP, memory);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xms8m");
        command.add("-Xmx" + heap / MIB + "m");
        command.add("-Xss512k");
        command.add("-XX:MaxDirectMemorySize=" + Math.max(16, heap / MIB / 4) + "m");
        command.add("-XX:MaxMetaspaceSize=" + Math.max(64, heap / MIB / 2) + "m");
        command.add("-XX:ReservedCodeCacheSize=48m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:-UsePerfData");
        command.add("-XX:+DisableAttachMechanism");
        command.add("-Xshare:auto");
        command.add("-Dfile.encoding=UTF-8");
        command.add("-Dio.netty.noUnsafe=true");
        command.add("-cp");
        command.add(ChildJars.all().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(Child.class.getName());
        return command;
    }
}
