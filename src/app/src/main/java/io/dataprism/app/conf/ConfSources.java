package io.dataprism.app.conf;

import io.dataprism.app.input.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where configuration comes from, later ones winning: {@code kernel.yaml} and then {@code kernel.d/*.yaml} in the folder, variables such as {@code
 * DATAPRISM_GATEWAY__PORT}, system properties such as {@code dataprism.gateway.port}.
 *
 * @param folder the configuration folder
 * @param environment the process's environment
 * @param properties the system properties
 */
public record ConfSources(Path folder, Map<String, String> environment, Map<String, String> properties) {
    /** The main file in the folder. */
    public static final String MAIN = "kernel.yaml";
    /** The folder of further files, in the order of their names. */
    public static final String MORE = "kernel.d";

    /** How the names of those files end; the others are not read. */
    static final String ENDING = ".yaml";

    public ConfSources {
        folder = folder.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
        properties = Map.copyOf(properties);
    }

    /** The folder, and this process's environment and system properties. */
    public static ConfSources of(Path folder) {
        return new ConfSources(folder, System.getenv(), texts(System.getProperties()));
    }

    /** The folder alone. */
    public static ConfSources onlyFolder(Path folder) {
        return new ConfSources(folder, Map.of(), Map.of());
    }

    private static Map<String, String> texts(Properties properties) {
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return texts;
    }

    public Path main() {
        return folder.resolve(MAIN);
    }

    /** What stands beside them and looks as if it were meant to be read. Blocks. */
    List<Path> unread() {
        Path more = folder.resolve(MORE);
        if (!Files.isDirectory(more)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(more)) {
            return found.filter(file -> file.getFileName().toString().matches(".*\\.(yml|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw BadInput.unreadable(more, e);
        }
    }

    /** The files that there are now, in the order in which they are merged. Blocks. */
    List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(main()));
        Path more = folder.resolve(MORE);
        if (Files.isDirectory(more)) {
            try (Stream<Path> found = Files.list(more)) {
                found.filter(file -> file.getFileName().toString().endsWith(ENDING))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw BadInput.unreadable(more, e);
            }
        }
        return files;
    }
}
