package io.dataprism.kernel.process;

import io.dataprism.child.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A kernel's child as the machine numbers it: behind some walls it sees another number itself. */
final class ChildOf {
    private ChildOf() {}

    /** The newest that runs a plugin, and not what tries walls or makes an archive; 0 where there is none. */
    static long pid(ProcessHandle kernel) {
        return kernel.descendants()
                .map(ProcessHandle::pid)
                .filter(ChildOf::runsPlugin)
                .max(Long::compare)
                .orElse(0L);
    }

    private static boolean runsPlugin(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            List<String> command =
                    List.of(Files.readString(process.resolve("cmdline")).split("\0"));
            return Files.readString(process.resolve("comm")).strip().equals("java")
                    && command.contains(Child.class.getName());
        } catch (IOException gone) {
            return false;
        }
    }
}
