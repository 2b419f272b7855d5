package io.dataprism.attacks;

import io.dataprism.attacks.host.AttackJars;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Compiles the attacks' sources into the jars that they come in, with the compiler of the JDK that runs them: some use what only newer releases have. They
 * are no part of this module's own classes, which the attacked host has on its class path.
 */
final class AttackCompiler {
    private static final String READERS = "META-INF/services/javax.imageio.spi.ImageReaderSpi";
    private static final String CONSUMERS = "META-INF/services/java.util.function.Consumer";

    private AttackCompiler() {}

    static AttackJars compile(Jdk jdk, Path folder) throws IOException, InterruptedException {
        Path sources = sources();
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<Path> all = new ArrayList<>();
        for (String part : List.of("attack", "outside", "smuggled", "neighbour")) {
            all.addAll(files(sources.resolve(part), path -> path.toString().endsWith(".java")));
        }
        javac(jdk, folder, List.of("--release", "17"), classes, all);
        if (jdk.feature() >= 22) {
            List<Path> newer =
                    files(sources.resolve("since22"), path -> path.toString().endsWith(".java"));
            javac(jdk, folder, List.of("--release", "22"), classes, newer);
        }
        AttackJars jars = new AttackJars(folder);
        jar(
                jars.attacks(),
                classes,
                name -> name.startsWith("attack/") && !name.startsWith("attack/Smuggled"),
                Map.of(READERS, Files.readString(sources.resolve("services/javax.imageio.spi.ImageReaderSpi"))));
        jar(jars.payload(), classes, name -> name.startsWith("outside/"), Map.of(CONSUMERS, "outside.Payload"));
        jar(jars.neighbour(), classes, name -> name.startsWith("neighbour/"), Map.of());
        return jars;
    }

    /** Where the sources are: in a clone of the project, as its launcher or Maven tells it. */
    private static Path sources() throws IOException {
        String home = System.getProperty("dataprism.home");
        Path module = home == null
                ? Path.of(System.getProperty("basedir", "")).toAbsolutePath()
                : Path.of(home, "src/attacks");
        Path sources = module.resolve("src/main/attacks");
        if (!Files.isDirectory(sources)) {
            throw new IOException("The attacks' sources are not at " + sources
                    + ". Run the suite from a clone of the project, with ./dataprism test --attacks.");
        }
        return sources;
    }

    private static List<Path> files(Path folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).filter(wanted).sorted().toList();
        }
    }

    private static void javac(Jdk jdk, Path folder, List<String> release, Path classes, List<Path> sources)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jdk.program("javac"), "-nowarn", "-Xlint:none", "-proc:none"));
        command.addAll(release);
        command.addAll(List.of("-encoding", "UTF-8", "-cp", classes.toString(), "-d", classes.toString()));
        sources.forEach(source -> command.add(source.toString()));
        Path log = folder.resolve("javac.log");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("The attacks do not compile with " + jdk + ":\n" + Files.readString(log));
        }
    }

    private static void jar(Path file, Path classes, Predicate<String> wanted, Map<String, String> texts)
            throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        for (Path path : files(classes, any -> true)) {
            String name = classes.relativize(path).toString().replace('\\', '/');
            if (wanted.test(name)) {
                entries.put(name, OwnCallSites.put(Files.readAllBytes(path)));
            }
        }
        texts.forEach((name, text) -> entries.put(name, text.getBytes(StandardCharsets.UTF_8)));
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
    }
}
