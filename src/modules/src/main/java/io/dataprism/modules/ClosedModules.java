package io.dataprism.modules;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes modules of the jars in a folder that are closed to everybody but each other. Nothing in them changes but their descriptors, so that they are good on a class
 * path, too. What plugins may see is what the sandbox's own list says.
 */
public final class ClosedModules {
    private static final String DESCRIPTOR = "module-info.class";
    private static final String SANDBOX = "io.dataprism.sandbox";
    private static final String VISIBLE = "io/dataprism/sandbox/visible-types.txt";
    /** What guarded classes call. */
    private static final String SITES = "io.dataprism.sandbox.site";

    private static final Map<String, String> OPENED = Map.of("io.dataprism.app", "info.picocli");

    private final List<Library> libraries;
    private final Surroundings among;
    private final ClosedDescriptor.Settings settings;

    private ClosedModules(List<Library> libraries, ClosedDescriptor.Settings settings) {
        this.libraries = libraries;
        this.among = new Surroundings(libraries);
        this.settings = settings;
    }

    /**
     * @param args the folder with the jars, the folder for the modules, and the main module with its class behind a slash
     * @throws IOException where they can't be read or written
     */
    public static void main(String[] args) throws IOException {
        String[] main = args[2].split("/", 2);
        make(Path.of(args[0]), Path.of(args[1]), main[0], main[1]);
    }

    static void make(Path from, Path to, String main, String mainClass) throws IOException {
        List<Library> libraries = new ArrayList<>();
        for (Path jar : jars(from)) {
            libraries.add(Library.read(jar));
        }
        Set<String> visible = new TreeSet<>(Set.of(SITES));
        for (Library library : libraries) {
            if (library.name().equals(SANDBOX)) {
                visible.addAll(visible(library.path()));
            }
        }
        ClosedDescriptor.Settings settings =
                new ClosedDescriptor.Settings(visible, main, mainClass, "io.dataprism.agent", OPENED);
        new ClosedModules(libraries, settings).write(to);
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /** The packages of the types on the list. */
    private static Set<String> visible(Path sandbox) throws IOException {
        try (JarFile jar = new JarFile(sandbox.toFile())) {
            byte[] list = jar.getInputStream(jar.getJarEntry(VISIBLE)).readAllBytes();
            return new String(list, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Surroundings::packageOf)
                    .collect(Collectors.toSet());
        }
    }

    private void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path other : jars(folder)) {
            Files.delete(other);
        }
        for (Library library : libraries) {
            Path jar = folder.resolve(library.path().getFileName());
            Files.copy(library.path(), jar, StandardCopyOption.REPLACE_EXISTING);
            describe(jar, new ClosedDescriptor(among, library, settings, namedBy(library)).bytes());
        }
    }

    /** The packages of {@code library} that it exports to nobody and that jars without a descriptor name, who could see them on a class path. */
    private Map<String, Set<String>> namedBy(Library library) {
        Map<String, Set<String>> named = new HashMap<>();
        for (Library other : libraries) {
            if (!other.name().equals(library.name()) && other.descriptor().isEmpty()) {
                other.references().packages().stream()
                        .filter(one -> library.packages().contains(one)
                                && !library.exported().contains(one))
                        .forEach(one -> named.computeIfAbsent(one, first -> new TreeSet<>())
                                .add(other.name()));
            }
        }
        return named;
    }

    private static void describe(Path jar, byte[] descriptor) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Path root = zip.getPath("/");
            for (Path one : found(root)) {
                Files.delete(one);
            }
            Path written = Files.write(root.resolve(DESCRIPTOR), descriptor);
            Files.setLastModifiedTime(written, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        }
    }

    /** Descriptors, of later versions of Java, too, and a signature: it was of another file. */
    private static List<Path> found(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> isReplaced(path.toString(), path.getFileName()))
                    .toList();
        }
    }

    private static boolean isReplaced(String path, @Nullable Path name) {
        return name != null
                && (name.toString().equals(DESCRIPTOR) || path.matches("/META-INF/[^/]+\\.(SF|RSA|DSA|EC)"));
    }
}
