package io.dataprism.kernel.admission;

import io.dataprism.api.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What an artifact holds, to be held against its bill of materials: the libraries in {@code lib/}, by the coordinates that Maven wrote into each, or by the file's
 * name. Blocks.
 */
final class NestedLibraries {
    private static final String FOLDER = "lib/";
    private static final String MAVEN = "META-INF/maven/";
    private static final String COORDINATES = "/pom.properties";
    private static final int LARGEST_COORDINATES = 64 << 10;
    private static final int MOST_COORDINATES = 1_000;
    private static final long LARGEST_LIBRARY = 512L << 20;

    /** What is named neither in the bill nor by itself may be many; so many are told. */
    private static final int MOST_TOLD = 100;

    private final Collection<BomComponent> named;
    private final Set<BomComponent> found = new HashSet<>();
    private final List<String> unnamed = new ArrayList<>();

    private NestedLibraries(Collection<BomComponent> named) {
        this.named = named;
    }

    /** Hold {@code zip} against what its bill names. */
    static NestedLibraries of(ZipFile zip, Collection<BomComponent> named) throws IOException {
        NestedLibraries libraries = new NestedLibraries(named);
        // What was copied into the plugin's own jar
        libraries.found.addAll(coordinates(zip));
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            if (name.startsWith(FOLDER) && name.endsWith(".jar")) {
                libraries.look(zip, entry);
            }
        }
        return libraries;
    }

    private void look(ZipFile zip, ZipEntry entry) throws IOException {
        Set<BomComponent> held = inside(zip, entry);
        List<BomComponent> known = named.stream()
                .filter(component -> held.contains(component) || component.isCalled(fileName(entry)))
                .toList();
        found.addAll(known);
        if (known.isEmpty() && unnamed.size() < MOST_TOLD) {
            unnamed.add(PluginException.excerpt(entry.getName()));
        }
    }

    private static String fileName(ZipEntry entry) {
        return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
    }

    /** Read from a copy, whose directory tells without unpacking what is in it. */
    private static Set<BomComponent> inside(ZipFile zip, ZipEntry entry) throws IOException {
        Path copy = Files.createTempFile("library", ".jar");
        try {
            try (InputStream in = zip.getInputStream(entry);
                    OutputStream out = Files.newOutputStream(copy)) {
                byte[] part = new byte[1 << 16];
                long left = LARGEST_LIBRARY;
                for (int read = in.read(part); read >= 0 && left >= 0; read = in.read(part)) {
                    out.write(part, 0, read);
                    left -= read;
                }
            }
            try (ZipFile library = new ZipFile(copy.toFile())) {
                return coordinates(library);
            } catch (IOException noZip) {
                // The scan objects to it; here it is a file that the bill does not name, unless by its name.
                return Set.of();
            }
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** Of all that Maven built into it; several where libraries were merged. */
    private static Set<BomComponent> coordinates(ZipFile jar) throws IOException {
        Set<BomComponent> all = new LinkedHashSet<>();
        List<? extends ZipEntry> written = jar.stream()
                .filter(entry ->
                        entry.getName().startsWith(MAVEN) && entry.getName().endsWith(COORDINATES))
                .limit(MOST_COORDINATES)
                .toList();
        for (ZipEntry entry : written) {
            Properties properties = new Properties();
            try (InputStream in = jar.getInputStream(entry)) {
                properties.load(
                        new StringReader(new String(in.readNBytes(LARGEST_COORDINATES), StandardCharsets.ISO_8859_1)));
            } catch (IllegalArgumentException noProperties) {
                continue;
            }
            BomComponent.of(
                            properties.getProperty("groupId", "") + ":" + properties.getProperty("artifactId", ""),
                            properties.getProperty("version", ""))
                    .ifPresent(all::add);
        }
        return all;
    }

    /** Those that the bill names and nothing here is. */
    List<String> absent() {
        return named.stream()
                .filter(component -> !found.contains(component))
                .map(BomComponent::toString)
                .limit(MOST_TOLD)
                .toList();
    }

    /** Those that are here and the bill does not name. */
    List<String> unnamed() {
        return List.copyOf(unnamed);
    }
}
