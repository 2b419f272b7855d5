package io.dataprism.sandbox.kept;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Tells one build of a package, with all below it, from another: each file's name, size and checksum. Of a jar its directory is enough, which the JVM has
 * read already. The rule table is such a file.
 */
final class CodeFingerprint {
    private CodeFingerprint() {}

    /** Of the code that {@code type} is of; empty where that is neither a jar nor a folder. Blocks. */
    static Optional<String> of(Class<?> type, String packageName) throws IOException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null
                || source.getLocation() == null
                || !"file".equals(source.getLocation().getProtocol())) {
            return Optional.empty();
        }
        try {
            return of(Path.of(source.getLocation().toURI()), packageName.replace('.', '/') + "/");
        } catch (URISyntaxException noPath) {
            return Optional.empty();
        }
    }

    /** @param inside how the names of the files begin that count, with slashes */
    static Optional<String> of(Path jarOrFolder, String inside) throws IOException {
        Set<String> lines = new TreeSet<>();
        if (Files.isDirectory(jarOrFolder)) {
            addFiles(jarOrFolder, inside, lines);
        } else if (Files.isRegularFile(jarOrFolder)) {
            try (ZipFile zip = new ZipFile(jarOrFolder.toFile())) {
                zip.stream()
                        .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(inside))
                        .map(CodeFingerprint::line)
                        .forEach(lines::add);
            }
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
    }

    private static String line(ZipEntry entry) {
        return line(entry.getName(), entry.getSize(), entry.getCrc());
    }

    private static String line(String name, long size, long checksum) {
        return name + " " + size + " " + checksum;
    }

    private static void addFiles(Path root, String inside, Set<String> lines) throws IOException {
        Path start = root.resolve(inside);
        if (!Files.isDirectory(start)) {
            return;
        }
        try (Stream<Path> all = Files.walk(start)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                CRC32 checksum = new CRC32();
                checksum.update(bytes);
                lines.add(line(root.relativize(file).toString(), bytes.length, checksum.getValue()));
            }
        }
    }
}
