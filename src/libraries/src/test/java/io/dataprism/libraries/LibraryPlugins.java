package io.dataprism.libraries;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes the plugins' jars: each with its own few classes, and the libraries' jars as they are. */
final class LibraryPlugins {
    private static final Path SOURCES = Path.of("src/test/plugins");
    private static final Path LIBRARIES = Path.of(System.getProperty("libraries.folder", "target/libraries"));

    private final Path folder;
    private final Path classes;

    /** @param folder for what is made; new */
    LibraryPlugins(Path folder) throws IOException {
        this.folder = folder;
        this.classes = Files.createDirectories(folder.resolve("classes"));
        compile();
    }

    /** All at once, which takes a tenth of the time that one after the other does. */
    private void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String separator = System.getProperty("path.separator");
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> jars = Files.list(LIBRARIES)) {
            String path = jars.map(Path::toString).collect(Collectors.joining(separator));
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-cp",
                    path
                            + separator
                            + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    "--release",
                    "17",
                    "-proc:none",
                    "-nowarn");
            if (!compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files(SOURCES)))
                    .call()) {
                throw new AssertionError("The plugins do not compile:\n" + messages);
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The one file that holds an artifact. */
    static Path jar(String artifact) throws IOException {
        try (Stream<Path> all = Files.list(LIBRARIES)) {
            return all.filter(file -> file.getFileName().toString().matches(artifact + "-[0-9][^/]*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("The pom does not name " + artifact + "."));
        }
    }

    /** The jar of a library's plugin. */
    Path of(KnownLibrary library) throws IOException {
        Path jar = folder.resolve(library.name() + ".jar");
        Path own = classes.resolve("library");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(1);
            put(zip, "plugin.yaml", manifest(library).getBytes(StandardCharsets.UTF_8));
            put(zip, "library/LibraryPlugin.class", Files.readAllBytes(own.resolve("LibraryPlugin.class")));
            for (Path each : files(own.resolve(library.name()))) {
                put(zip, "library/" + library.name() + "/" + each.getFileName(), Files.readAllBytes(each));
            }
            for (String artifact : library.jars()) {
                Path nested = jar(artifact);
                put(zip, "lib/" + nested.getFileName(), Files.readAllBytes(nested));
            }
        }
        return jar;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private static String manifest(KnownLibrary library) {
        StringBuilder yaml = new StringBuilder("id: " + library.name() + "\nversion: 1.0.0\nmain: library."
                + library.name() + ".Use\napi: '*'\ncategory: utility\ncapabilities: [use]\n");
        library.natives()
                .forEach(artifact ->
                        yaml.append("nativeLibraries: ['").append(artifact).append("-*.jar']\n"));
        yaml.append(library.takes().isEmpty() ? "" : "permissions:\n");
        for (Map.Entry<String, String> each : library.takes().entrySet()) {
            yaml.append("  - permission: '")
                    .append(each.getKey())
                    .append("'\n    reason: ")
                    .append(each.getValue())
                    .append('\n');
        }
        return yaml.toString();
    }
}
