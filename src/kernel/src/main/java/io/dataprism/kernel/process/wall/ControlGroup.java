package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control groups of one child, a folder for each controller of version 1, one for all of version 2. Removed once nothing runs in them. Blocks for a moment.
 */
final class ControlGroup {
    private static final Logger LOG = LoggerFactory.getLogger(ControlGroup.class);

    /** Microseconds over which a quota is held: short, so that a child that is held back answers soon. */
    private static final int PERIOD = 20_000;

    private static final int LEAST_QUOTA = 1000;
    /** A share that is none: all that there is. */
    static final int ALL = Integer.MAX_VALUE;

    private static final int PERCENT = 100;

    private final Map<String, Path> folders;
    private final boolean second;

    /** @param folders by controller, made already */
    ControlGroup(Map<String, Path> folders, boolean second) {
        this.folders = Map.copyOf(folders);
        this.second = second;
    }

    /** To which whoever is to be in the group writes its number. */
    List<Path> entries() {
        return folders.values().stream()
                .distinct()
                .map(folder -> folder.resolve("cgroup.procs"))
                .toList();
    }

    void limit(Limits limits) throws IOException {
        Optional<Path> memory = Optional.ofNullable(folders.get("memory"));
        if (memory.isPresent()) {
            write(memory.get(), second ? "memory.max" : "memory.limit_in_bytes", Long.toString(limits.memory()));
            if (second && Files.exists(memory.get().resolve("memory.swap.max"))) {
                write(memory.get(), "memory.swap.max", "0");
            }
        }
        Optional<Path> tasks = Optional.ofNullable(folders.get("pids"));
        if (tasks.isPresent()) {
            write(tasks.get(), "pids.max", Integer.toString(limits.tasks()));
        }
    }

    boolean holdsProcessor() {
        return folders.containsKey("cpu");
    }

    /** Hold it to {@code percent} of one core; where there is no controller for that, nothing. */
    void share(int percent) throws IOException {
        Path cpu = folders.get("cpu");
        if (cpu == null) {
            return;
        }
        if (percent == ALL) {
            write(cpu, second ? "cpu.max" : "cpu.cfs_quota_us", second ? "max" : "-1");
            return;
        }
        // A quota has a least; below it the period is longer instead.
        long quota = (long) PERIOD * percent / PERCENT;
        long period = PERIOD;
        if (quota < LEAST_QUOTA) {
            quota = LEAST_QUOTA;
            period = (long) LEAST_QUOTA * PERCENT / percent;
        }
        if (second) {
            write(cpu, "cpu.max", quota + " " + period);
        } else {
            write(cpu, "cpu.cfs_period_us", Long.toString(period));
            write(cpu, "cpu.cfs_quota_us", Long.toString(quota));
        }
    }

    private static void write(Path folder, String file, String value) throws IOException {
        Files.writeString(folder.resolve(file), value);
    }

    /** End what runs in it, where the system can do that. */
    void kill() {
        for (Path folder : folders.values()) {
            Path kill = folder.resolve("cgroup.kill");
            if (Files.exists(kill)) {
                try {
                    Files.writeString(kill, "1");
                } catch (IOException e) {
                    LOG.debug("What runs in {} can't be ended by it", folder, e);
                }
            }
        }
    }

    /** Whether all of it is gone; false while something runs in it. */
    boolean remove() {
        boolean all = true;
        for (Path folder : folders.values()) {
            try {
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                LOG.debug("The control group {} is still in use: {}", folder, e.toString());
                all = false;
            }
        }
        return all;
    }
}
