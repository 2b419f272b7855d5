package io.dataprism.app.conf;

import io.dataprism.app.input.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The plugins that come with DataPrism: the jars in the distribution's {@code plugins} folder, by id. */
public final class Shipped {
    private static final String JAR = ".jar";

    private final Map<String, Path> jars;

    private Shipped(Map<String, Path> jars) {
        this.jars = Map.copyOf(jars);
    }

    /** Those of the distribution that this process runs from; none where it runs from classes. */
    public static Shipped current() {
        return Distribution.folder().map(dist -> in(dist.resolve("plugins"))).orElseGet(() -> new Shipped(Map.of()));
    }

    /** The jars in {@code folder}. Blocks. */
    public static Shipped in(Path folder) {
        Map<String, Path> jars = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(JAR)).forEach(file -> jars.put(idOf(file), file));
            } catch (IOException e) {
                throw BadInput.unreadable(folder, e);
            }
        }
        return new Shipped(jars);
    }

    private static String idOf(Path jar) {
        String name = jar.getFileName().toString();
        return name.substring(0, name.length() - JAR.length());
    }

    public Optional<Path> jar(String id) {
        return Optional.ofNullable(jars.get(id));
    }

    /** Jars by plugin id. */
    public Map<String, Path> jars() {
        return jars;
    }
}
