package io.dataprism.kernel.admission;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.PlainJson;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The bill of materials that an artifact carries in {@code META-INF/sbom}: CycloneDX or SPDX, as JSON. It is what its author says; where it says what the jar does
 * not hold, and where the jar holds what it does not say, that is told.
 *
 * @param files where it was read
 * @param components what they name, in order of their names
 * @param problems why some could not be read
 * @param absent of the components those that the artifact was not seen to hold: it may not need to, since the node provides them
 * @param unnamed the libraries nested in the artifact that no component is
 */
public record Bom(
        List<String> files,
        List<BomComponent> components,
        List<String> problems,
        List<String> absent,
        List<String> unnamed) {
    /** Of an artifact that carries none. */
    public static final Bom NONE = new Bom(List.of(), List.of(), List.of(), List.of(), List.of());

    private static final String FOLDER = "META-INF/sbom/";
    private static final int LARGEST = 16 << 20;
    private static final int MOST_FILES = 20;
    private static final int MOST_COMPONENTS = 50_000;

    public Bom {
        files = List.copyOf(files);
        components = List.copyOf(components);
        problems = List.copyOf(problems);
        absent = List.copyOf(absent);
        unnamed = List.copyOf(unnamed);
    }

    /**
     * That of a jar, or of a folder under development. Blocks.
     *
     * @throws IOException where the artifact can't be read
     */
    public static Bom of(Path artifact) throws IOException {
        Reading reading = new Reading();
        if (Files.isDirectory(artifact)) {
            Path folder = artifact.resolve(FOLDER);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.list(folder)) {
                    for (Path file :
                            all.filter(Bom::isJson).sorted().limit(MOST_FILES).toList()) {
                        try (InputStream in = Files.newInputStream(file)) {
                            reading.read(FOLDER + file.getFileName(), in);
                        }
                    }
                }
            }
            return reading.bom();
        }
        try (ZipFile zip = new ZipFile(artifact.toFile())) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(entry -> entry.getName().startsWith(FOLDER)
                            && entry.getName().endsWith(".json"))
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .limit(MOST_FILES)
                    .toList();
            for (ZipEntry entry : entries) {
                try (InputStream in = zip.getInputStream(entry)) {
                    reading.read(entry.getName(), in);
                }
            }
            Bom said = reading.bom();
            return said.files().isEmpty() ? said : said.heldAgainst(NestedLibraries.of(zip, said.components()));
        }
    }

    private Bom heldAgainst(NestedLibraries held) {
        return new Bom(files, components, problems, held.absent(), held.unnamed());
    }

    private static boolean isJson(Path file) {
        return file.toString().endsWith(".json") && Files.isRegularFile(file);
    }

    /** One artifact's files. */
    private static final class Reading {
        private final List<String> files = new ArrayList<>();
        private final Set<BomComponent> components = new LinkedHashSet<>();
        private final List<String> problems = new ArrayList<>();

        void read(String name, InputStream in) {
            String safe = PluginException.excerpt(name);
            try {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    problems.add(safe + " is larger than " + (LARGEST >> 20) + " MiB");
                    return;
                }
                JsonObject json = PlainJson.object(new String(bytes, StandardCharsets.UTF_8));
                if ("CycloneDX".equals(json.getValue("bomFormat"))) {
                    cycloneDx(json);
                } else if (json.getValue("spdxVersion") instanceof String) {
                    spdx(json);
                } else {
                    problems.add(safe + " is neither CycloneDX nor SPDX 2");
                    return;
                }
                files.add(safe);
            } catch (IOException | DecodeException | ClassCastException e) {
                problems.add(safe + " can't be read (" + PluginException.excerpt(String.valueOf(e.getMessage())) + ")");
            }
        }

        /** Components may hold components; however deep, they take a turn each. */
        private void cycloneDx(JsonObject json) {
            Deque<JsonObject> open = new ArrayDeque<>(objects(json.getValue("components")));
            if (json.getValue("metadata") instanceof JsonObject about
                    && about.getValue("component") instanceof JsonObject own) {
                open.addAll(objects(own.getValue("components")));
            }
            while (!open.isEmpty() && hasRoom()) {
                JsonObject component = open.poll();
                open.addAll(objects(component.getValue("components")));
                if (component.getValue("purl") instanceof String url) {
                    BomComponent.ofUrl(url).ifPresent(components::add);
                } else if (component.getValue("group") instanceof String group
                        && component.getValue("name") instanceof String name
                        && component.getValue("version") instanceof String version) {
                    BomComponent.of(group + ":" + name, version).ifPresent(components::add);
                }
            }
        }

        private void spdx(JsonObject json) {
            for (JsonObject contained : objects(json.getValue("packages"))) {
                for (JsonObject reference : objects(contained.getValue("externalRefs"))) {
                    if ("purl".equals(reference.getValue("referenceType"))
                            && reference.getValue("referenceLocator") instanceof String url
                            && hasRoom()) {
                        BomComponent.ofUrl(url).ifPresent(components::add);
                    }
                }
            }
        }

        private boolean hasRoom() {
            return components.size() < MOST_COMPONENTS;
        }

        private static Collection<JsonObject> objects(@Nullable Object value) {
            return value instanceof JsonArray array
                    ? array.stream()
                            .filter(JsonObject.class::isInstance)
                            .map(JsonObject.class::cast)
                            .toList()
                    : List.of();
        }

        Bom bom() {
            return new Bom(
                    files,
                    components.stream()
                            .sorted(Comparator.comparing(BomComponent::name).thenComparing(BomComponent::version))
                            .toList(),
                    problems,
                    List.of(),
                    List.of());
        }
    }
}
