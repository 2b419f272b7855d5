package io.dataprism.testjars;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Builds a real jar from Java source (Java 17, compiled against the test's class path) and other files. One thread at a time. */
public final class CompiledJar {
    private static final Pattern PACKAGE = Pattern.compile("package\\s+([\\w.]+)\\s*;");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum)\\s+(\\w+)");

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<Path> libraries = new ArrayList<>();
    private final Manifest manifest = new Manifest();
    private List<String> target = List.of("--release", "17");

    public CompiledJar() {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    /** A source file; package and first type name it. */
    public CompiledJar source(String java) {
        Matcher type = TYPE.matcher(java);
        Matcher inPackage = PACKAGE.matcher(java);
        if (!type.find()) {
            throw new IllegalArgumentException("No type in: " + java);
        }
        sources.put((inPackage.find() ? inPackage.group(1) + "." : "") + type.group(1), java);
        return this;
    }

    public CompiledJar file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public CompiledJar file(String name, byte[] bytes) {
        files.put(name, bytes);
        return this;
    }

    /** A jar to compile against; it does not get into this one. */
    public CompiledJar against(Path jar) {
        libraries.add(jar);
        return this;
    }

    /** Compile for 17 against the running JDK, with what it has beyond what every Java of that release is sure to have. */
    public CompiledJar withWholeJdk() {
        target = List.of("-source", "17", "-target", "17");
        return this;
    }

    /** An attribute of the jar's manifest. */
    public CompiledJar attribute(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    /** Compile and write to {@code jar}. */
    public Path build(Path jar) {
        try {
            Path classes = Files.createTempDirectory("compiled-jar");
            try {
                compile(classes);
                write(classes, jar);
            } finally {
                delete(classes);
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(Path classes) throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<JavaFileObject> units = new ArrayList<>();
            sources.forEach((name, java) -> units.add(new Source(name, java)));
            String path = Stream.concat(libraries.stream().map(Path::toString), hostClassPath())
                    .reduce((a, b) -> a + System.getProperty("path.separator") + b)
                    .orElse("");
            List<String> options =
                    new ArrayList<>(List.of("-d", classes.toString(), "-cp", path, "-proc:none", "-nowarn"));
            options.addAll(target);
            if (!compiler.getTask(messages, manager, null, options, null, units).call()) {
                throw new AssertionError("The source does not compile:\n" + messages);
            }
        }
    }

    private static Stream<String> hostClassPath() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    }

    private void write(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path path : compiled.filter(Files::isRegularFile).sorted().toList()) {
                put(out, classes.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                put(out, entry.getKey(), entry.getValue());
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    /** Source text in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
