package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginException;
import io.dataprism.sandbox.scan.EntryNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Reads a plugin's jar: its entries' names, its manifest, the jars nested in {@code lib/}. */
final class JarReader {
    private static final int MOST_ENTRIES = 100_000;
    private static final long LARGEST = 4L << 30;
    /** What nested libraries may hold, unpacked, where their files must be known: some seconds' work. */
    private static final long LARGEST_NESTED = 2L << 30;

    private static final Set<String> MANIFESTS = Set.of(PluginManifest.FILE, "plugin.yml");

    private final Path path;
    private final String name;
    private final Problems problems;
    private final Set<String> names = new HashSet<>();
    private final List<String> libraries = new ArrayList<>();
    private final List<ZipEntry> manifests = new ArrayList<>();
    private final NestedNames nested;
    private final Optional<String> hash;

    private JarReader(Path path, String name, long largestNested, Optional<String> hash) {
        this.path = path;
        this.hash = hash;
        this.name = name;
        this.problems = new Problems(name);
        this.nested = new NestedNames(libraries, MOST_ENTRIES, largestNested);
    }

    /** @param hash its SHA-256, where that is known */
    static Inspection read(Path path, String name, Optional<String> hash) throws IOException {
        return read(path, name, LARGEST_NESTED, hash);
    }

    static Inspection read(Path path, String name, long largestNested) throws IOException {
        return read(path, name, largestNested, Optional.empty());
    }

    private static Inspection read(Path path, String name, long largestNested, Optional<String> hash)
            throws IOException {
        if (Files.size(path) == 0) {
            return Inspection.refused(Problem.error(
                    "DP-0204", name, "The file is empty: expected a plugin's jar. Build or copy it again."));
        }
        try (ZipFile zip = new ZipFile(path.toFile())) {
            return new JarReader(path, name, largestNested, hash).read(zip);
        } catch (ZipException e) {
            return Inspection.refused(Problem.error(
                    "DP-0204",
                    name,
                    "The file is no readable jar (" + e.getMessage()
                            + "): expected a zip archive. Build or copy it again."));
        }
    }

    private Inspection read(ZipFile zip) throws IOException {
        if (zip.size() > MOST_ENTRIES) {
            return Inspection.refused(Problem.error(
                    "DP-0204",
                    name,
                    "It has " + zip.size() + " entries; " + MOST_ENTRIES
                            + " are the most. Leave out what the plugin doesn't need."));
        }
        scan(zip);
        if (manifests.size() != 1 || !manifests.get(0).getName().equals(PluginManifest.FILE)) {
            wrongManifests();
            return new Inspection(Optional.empty(), problems.list());
        }
        byte[] yaml = manifest(zip, manifests.get(0));
        Manifested manifested = ManifestReader.read(manifestName(), yaml);
        List<Problem> ofContents = ManifestReader.withContents(
                manifestName(),
                yaml,
                manifested,
                document -> Contents.check(document, names, libraries, () -> nested.in(zip)));
        nested.tooMuch().ifPresent(text -> error("DP-0233", text));
        List<Problem> all = new ArrayList<>(problems.list());
        all.addAll(ofContents);
        boolean inOrder = all.stream().noneMatch(Problem::isError);
        return manifested instanceof Manifested.Accepted accepted && inOrder
                ? new Inspection(
                        Optional.of(new PluginArtifact(
                                path, hash.isPresent() ? hash.get() : Sha256.of(path), accepted.manifest(), libraries)),
                        all)
                : new Inspection(Optional.empty(), all);
    }

    private void scan(ZipFile zip) throws IOException {
        long size = 0;
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            String inside = entry.getName();
            size += Math.max(0, entry.getSize());
            if (EntryNames.leadsOut(inside)) {
                error(
                        "DP-0207",
                        "Entry '" + PluginException.excerpt(inside)
                                + "' leads out of the jar: expected a relative name without '..'. Don't install this file; it was made to"
                                + " do harm, or by a broken tool.");
            } else if (MANIFESTS.contains(inside)) {
                manifests.add(entry);
            } else if (!names.add(inside)) {
                error(
                        "DP-0204",
                        "Entry '" + PluginException.excerpt(inside)
                                + "' is there twice: expected once. Build the jar again.");
            } else if (isLibrary(inside)) {
                library(zip, entry);
            }
        }
        if (size > LARGEST) {
            error("DP-0204", "Unpacked it would take " + (size >> 20) + " MiB; " + (LARGEST >> 20) + " are the most.");
        }
    }

    /** Whether a file of that name is a nested library. */
    static boolean isLibrary(String name) {
        return name.startsWith("lib/") && name.endsWith(".jar") && name.indexOf('/', 4) < 0;
    }

    private void library(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry);
                ZipInputStream nested = new ZipInputStream(in)) {
            if (nested.getNextEntry() == null) {
                error(
                        "DP-0208",
                        "The nested library '" + entry.getName()
                                + "' is no readable jar: expected a zip archive. Build the plugin again.");
            }
            libraries.add(entry.getName());
        } catch (ZipException e) {
            error(
                    "DP-0208",
                    "The nested library '" + entry.getName() + "' is no readable jar (" + e.getMessage()
                            + "): expected a zip archive. Build the plugin again.");
        }
    }

    private void wrongManifests() {
        if (manifests.isEmpty()) {
            error(
                    "DP-0205",
                    "It holds no " + PluginManifest.FILE
                            + ": expected one at its root. Add it to the plugin's resources, or choose a jar"
                            + " that is a plugin.");
        } else if (manifests.size() == 1) {
            error("DP-0205", "Its manifest is named plugin.yml: expected " + PluginManifest.FILE + ". Rename it.");
        } else {
            error(
                    "DP-0206",
                    "It holds " + manifests.size() + " manifests ("
                            + String.join(
                                    ", ",
                                    manifests.stream().map(ZipEntry::getName).toList())
                            + "): expected one " + PluginManifest.FILE + ". Build each plugin as a jar of its own.");
        }
    }

    private static byte[] manifest(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(YamlDocument.LARGEST + 1);
        }
    }

    private String manifestName() {
        return name + "!/" + PluginManifest.FILE;
    }

    private void error(String code, String message) {
        problems.error(code, new Place(0, 0), message);
    }
}
