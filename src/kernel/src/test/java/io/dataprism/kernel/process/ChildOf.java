package io.dataprism.kernel.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A kernel's child as the machine numbers it: behind some walls it sees another number itself. */
final class ChildOf {
    private ChildOf() {}

    /** The newest that there is; 0 where there is none. */
    static long pid(ProcessHandle kernel) {
        return kernel.descendants()
                .map(ProcessHandle::pid)
                .filter(ChildOf::isJava)
                .max(Long::compare)
                .orElse(0L);
    }

    private static boolean isJava(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                    .strip()
                    .equals("java");
        } catch (IOException gone) {
            return false;
        }
    }
}
