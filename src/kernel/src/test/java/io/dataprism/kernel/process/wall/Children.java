package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Small child JVMs for the tests of this package. */
final class Children {
    private Children() {}

    static JavaHome home() throws IOException {
        return JavaHome.own();
    }

    /** Every wall that holds on this machine, and none. */
    static List<Wall> walls(Path folder) throws IOException {
        try (Starter starter = new Starter()) {
            WallTrial trial = new WallTrial(starter, home(), folder);
            List<Wall> all = new ArrayList<>();
            Enclosure.candidates(home()).stream()
                    .filter(wall -> trial.of(wall).holds())
                    .forEach(all::add);
            return all;
        }
    }

    /** A folder in which every user may look for what it knows the name of. */
    static Path open(Path folder) throws IOException {
        Files.setAttribute(folder, "unix:mode", 0755);
        return folder;
    }

    static Enclosed start(
            Enclosure enclosure, Path folder, Limits limits, List<String> options, Class<?> main, String... arguments)
            throws IOException {
        Path own = Files.createTempDirectory(folder, "child");
        open(own);
        Path work = Files.createDirectory(own.resolve("work"));
        Path code = Files.createDirectory(own.resolve("code"));
        copy(main, code);
        List<String> java = new ArrayList<>(List.of(
                home().java().toString(), "-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        java.addAll(options);
        java.addAll(List.of("-cp", code.toString(), main.getName()));
        java.addAll(List.of(arguments));
        return enclosure.start(new ChildPlaces(List.of(code), work, Optional.empty()), limits, java);
    }

    private static void copy(Class<?> main, Path code) throws IOException {
        String name = main.getName().replace('.', '/');
        try {
            Path classes = Path.of(
                    main.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path folder = classes.resolve(name).getParent();
            Path to = Files.createDirectories(code.resolve(name).getParent());
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : (Iterable<Path>)
                        files.filter(path ->
                                path.getFileName().toString().matches(main.getSimpleName() + "(\\$.*)?\\.class"))
                                ::iterator) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
