package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What processor time processes used, as the system counts it in hundredths of a second. */
final class ProcessClock {
    private static final long TICK_NANOS = 10_000_000;
    /** Of the words after the name, which is in brackets and may hold anything: those of time in user code and in the system. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    private ProcessClock() {}

    /** Nanoseconds that {@code process} used; 0 where it is gone. */
    static long used(long process) {
        try {
            String line =
                    Files.readString(Path.of("/proc", Long.toString(process), "stat"), StandardCharsets.ISO_8859_1);
            List<String> words =
                    List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
            return (Long.parseLong(words.get(USER)) + Long.parseLong(words.get(SYSTEM))) * TICK_NANOS;
        } catch (IOException gone) {
            return 0;
        }
    }
}
