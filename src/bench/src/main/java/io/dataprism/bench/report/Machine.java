package io.dataprism.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where figures come from.
 *
 * @param processors how many the JVM sees
 * @param load how many processes wanted a processor when the run began, as the system's one-minute average
 */
public record Machine(String processor, int processors, String system, String jdk, LocalDate date, double load) {

    /** This one, now. */
    public static Machine here() {
        Runtime.Version version = Runtime.version();
        return new Machine(
                processorName().orElse(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + version,
                LocalDate.now(ZoneOffset.UTC),
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage());
    }

    private static Optional<String> processorName() {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether others used the machine when the run began, so that figures are orders of magnitude. */
    public boolean isBusy() {
        return load > 0.5;
    }
}
