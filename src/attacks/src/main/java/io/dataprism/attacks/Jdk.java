package io.dataprism.attacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An installed JDK.
 *
 * @param feature its release, such as 17
 */
public record Jdk(Path home, int feature) {
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    /** The one that runs this. */
    public static Jdk running() {
        return new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** One of each release that is installed: the running one, then those that the environment names, then those in the usual place. */
    public static TreeMap<Integer, Jdk> installed() throws IOException {
        TreeMap<Integer, Jdk> found = new TreeMap<>();
        Jdk running = running();
        found.put(running.feature(), running);
        List<Path> homes = new ArrayList<>();
        variable("JAVA_HOME").ifPresent(homes::add);
        homes.addAll(inside(variable("DATAPRISM_JDKS").orElse(Path.of("/usr/lib/jvm"))));
        for (Path home : homes) {
            at(home).ifPresent(jdk -> found.putIfAbsent(jdk.feature(), jdk));
        }
        return found;
    }

    private static Optional<Path> variable(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    private static List<Path> inside(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private static Optional<Jdk> at(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(Files.readString(release));
        return version.find() ? Optional.of(new Jdk(home, Integer.parseInt(version.group(1)))) : Optional.empty();
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }
}
