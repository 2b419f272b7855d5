package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control groups in which this kernel may put its children: below its own, for memory, tasks and processor, by version 1 or 2 of the system's control groups, as
 * far as each could be made and limited when that was tried. Safe to use from any thread.
 */
final class ControlGroups {
    private static final Logger LOG = LoggerFactory.getLogger(ControlGroups.class);

    static final List<String> CONTROLLERS = List.of("memory", "pids", "cpu");
    private static final String PREFIX = "dataprism-";
    private static final int MOUNT_ROOT = 3;
    private static final int MOUNT_POINT = 4;

    private final Map<String, Path> parents;
    private final boolean second;
    private final AtomicInteger count = new AtomicInteger();

    private ControlGroups(Map<String, Path> parents, boolean second) {
        this.parents = new TreeMap<>(parents);
        this.second = second;
    }

    /** Find those of this process, and clear away what killed kernels left. */
    static ControlGroups find() {
        try {
            return find(
                    Files.readString(Path.of("/proc/self/cgroup")), Files.readString(Path.of("/proc/self/mountinfo")));
        } catch (IOException e) {
            LOG.debug("There are no control groups here: {}", e.toString());
            return none();
        }
    }

    /** As where the system has none. */
    static ControlGroups none() {
        return new ControlGroups(Map.of(), false);
    }

    private static ControlGroups find(String own, String mounts) {
        Map<String, Path> first = new HashMap<>();
        Map<String, Path> second = new HashMap<>();
        for (String line : own.lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                mounted(mounts, "cgroup2", "", parts[2])
                        .ifPresent(folder -> CONTROLLERS.stream()
                                .filter(controller -> isDelegated(folder, controller))
                                .forEach(controller -> second.put(controller, folder)));
            } else if (parts.length == 3) {
                for (String controller : parts[1].split(",", -1)) {
                    if (CONTROLLERS.contains(controller)) {
                        mounted(mounts, "cgroup", controller, parts[2])
                                .ifPresent(folder -> first.put(controller, folder));
                    }
                }
            }
        }
        ControlGroups found = second.isEmpty() ? new ControlGroups(first, false) : new ControlGroups(second, true);
        found.parents.values().stream().distinct().forEach(ControlGroups::clear);
        found.parents.keySet().removeIf(controller -> !found.works(controller));
        return found;
    }

    /** Where the hierarchy of {@code controller} is mounted, and in it the group {@code own}. */
    private static Optional<Path> mounted(String mounts, String type, String controller, String own) {
        for (String line : mounts.lines().toList()) {
            String[] halves = line.split(" - ", 2);
            String[] left = halves[0].split(" ", -1);
            String[] right = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
            boolean is = right.length >= 3
                    && right[0].equals(type)
                    && (controller.isEmpty() || List.of(right[2].split(",", -1)).contains(controller));
            if (is) {
                String root = left[MOUNT_ROOT];
                String below = own.startsWith(root) && !root.equals("/") ? own.substring(root.length()) : own;
                Path folder = Path.of(left[MOUNT_POINT], below.replaceFirst("^/+", ""));
                return Files.isDirectory(folder) ? Optional.of(folder) : Optional.of(Path.of(left[MOUNT_POINT]));
            }
        }
        return Optional.empty();
    }

    /** Whether groups below {@code folder} have {@code controller}, perhaps now that they are asked to: refused where processes are in it, the kernel among them. */
    private static boolean isDelegated(Path folder, String controller) {
        Path control = folder.resolve("cgroup.subtree_control");
        try {
            if (!List.of(Files.readString(control).strip().split(" ", -1)).contains(controller)) {
                Files.writeString(control, "+" + controller);
            }
            return true;
        } catch (IOException e) {
            LOG.debug("Control groups below {} can't have {}: {}", folder, controller, e.toString());
            return false;
        }
    }

    /** Those of kernels that ended without removing them. */
    private static void clear(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path group : left) {
                String[] words = String.valueOf(group.getFileName()).split("-", -1);
                boolean dead = words.length == 3
                        && words[1].matches("[0-9]{1,18}")
                        && ProcessHandle.of(Long.parseLong(words[1])).isEmpty();
                if (dead) {
                    Files.deleteIfExists(group);
                }
            }
        } catch (IOException e) {
            LOG.debug("Control groups of kernels that are gone stay below {}: {}", parent, e.toString());
        }
    }

    private boolean works(String controller) {
        try {
            ControlGroup tried = make(Map.of(controller, parents.get(controller)));
            try {
                tried.limit(Limits.of(1L << 30));
                tried.share(10);
                return true;
            } finally {
                tried.remove();
            }
        } catch (IOException e) {
            LOG.debug("No control group for {}: {}", controller, e.toString());
            return false;
        }
    }

    /** Of memory, pids and cpu those that there are here. */
    List<String> controllers() {
        return new ArrayList<>(parents.keySet());
    }

    String version() {
        return second ? "cgroup v2" : "cgroup v1";
    }

    /** A group for one child, with its limits; one that limits nothing where there are none. */
    ControlGroup make() throws IOException {
        return make(parents);
    }

    private ControlGroup make(Map<String, Path> below) throws IOException {
        String name = PREFIX + ProcessHandle.current().pid() + "-" + count.incrementAndGet();
        Map<String, Path> folders = new TreeMap<>();
        for (Map.Entry<String, Path> parent : below.entrySet()) {
            Path folder = parent.getValue().resolve(name);
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
            }
            folders.put(parent.getKey(), folder);
        }
        return new ControlGroup(folders, second);
    }
}
