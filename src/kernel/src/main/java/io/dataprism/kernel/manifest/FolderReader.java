package io.dataprism.kernel.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the folder of a plugin under development: compiled classes with {@code plugin.yaml} beside them, libraries in {@code lib/}. */
final class FolderReader {
    private static final Logger LOG = LoggerFactory.getLogger(FolderReader.class);

    private FolderReader() {}

    static Inspection read(Path path, String name) throws IOException {
        Path root = root(path);
        Path manifest = root.resolve(PluginManifest.FILE);
        if (!Files.isRegularFile(manifest)) {
            return Inspection.refused(Problem.error(
                    "DP-0205",
                    name,
                    "It holds no " + PluginManifest.FILE
                            + ": expected one in it, or in its target/classes. Compile the plugin, or choose"
                            + " the folder of its classes."));
        }
        byte[] yaml = Files.readAllBytes(manifest);
        Manifested manifested = ManifestReader.read(manifest.toString(), yaml);
        List<Map.Entry<String, Path>> files = files(root);
        List<String> libraries = files.stream()
                .map(Map.Entry::getKey)
                .filter(JarReader::isLibrary)
                .toList();
        Set<String> names = files.stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        List<Problem> all = ManifestReader.withContents(
                manifest.toString(),
                yaml,
                manifested,
                document -> Contents.check(document, names, libraries, () -> nested(root, libraries)));
        boolean inOrder = all.stream().noneMatch(Problem::isError);
        return manifested instanceof Manifested.Accepted accepted && inOrder
                ? new Inspection(
                        Optional.of(new PluginArtifact(root, Sha256.of(files), accepted.manifest(), libraries)), all)
                : new Inspection(Optional.empty(), all);
    }

    /** The names of all files in the nested libraries. */
    private static Set<String> nested(Path root, List<String> libraries) {
        Set<String> found = new HashSet<>();
        for (String library : libraries) {
            try (ZipFile zip = new ZipFile(root.resolve(library).toFile())) {
                zip.stream().map(ZipEntry::getName).forEach(found::add);
            } catch (IOException unreadable) {
                // What can't be read holds no class: whatever is looked for in it is told to be missing.
                LOG.debug("A nested library can't be read: {}", library, unreadable);
            }
        }
        return found;
    }

    private static Path root(Path path) {
        Path classes = path.resolve("target").resolve("classes");
        return !Files.exists(path.resolve(PluginManifest.FILE)) && Files.exists(classes.resolve(PluginManifest.FILE))
                ? classes
                : path;
    }

    /** Names with slashes, in order. */
    private static List<Map.Entry<String, Path>> files(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> Map.entry(root.relativize(file).toString().replace('\\', '/'), file))
                    .sorted(Map.Entry.comparingByKey())
                    .collect(Collectors.toCollection(ArrayList::new));
        } catch (UncheckedIOException e) {
            throw new IOException("A file in " + root + " can't be read: " + e.getMessage(), e);
        }
    }
}
