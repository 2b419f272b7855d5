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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Advisories in the OSV format, read from this machine's disk: a file with one record or a list of them, a folder of such files, or the zip that osv.dev exports
 * for Maven. Immutable. Nothing is fetched.
 */
public final class Advisories {
    /** None. */
    public static final Advisories NONE = new Advisories();

    private static final String JSON = ".json";
    private static final int LARGEST = 64 << 20;
    private static final int MOST_FILES = 1_000_000;

    private final Map<String, List<Advisory>> byName = new HashMap<>();
    private int records;

    private Advisories() {}

    /**
     * Read them. Blocks.
     *
     * @throws PluginException {@code DP-0943} where one can't be read: what is missing would be taken for safe
     */
    public static Advisories read(Path place) {
        Advisories all = new Advisories();
        try {
            if (Files.isDirectory(place)) {
                all.folder(place);
            } else if (place.toString().endsWith(".zip")) {
                all.zip(place);
            } else {
                try (InputStream in = Files.newInputStream(place)) {
                    all.add(place.toString(), in);
                }
            }
        } catch (IOException e) {
            throw unreadable(place.toString(), e);
        }
        return all;
    }

    private void folder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(JSON))
                    .limit(MOST_FILES)
                    .sorted()
                    .toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    add(file.toString(), in);
                }
            }
        }
    }

    private void zip(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(JSON)) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        add(file + "!/" + PluginException.excerpt(entry.getName()), in);
                    }
                }
            }
        }
    }

    private void add(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw unreadable(name, new IOException("it is larger than " + (LARGEST >> 20) + " MiB"));
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        try {
            if (text.startsWith("[")) {
                JsonArray list = PlainJson.object("{\"all\":" + text + "}").getJsonArray("all");
                list.stream().filter(JsonObject.class::isInstance).forEach(record -> add((JsonObject) record));
            } else {
                add(PlainJson.object(text));
            }
        } catch (DecodeException e) {
            throw unreadable(name, e);
        }
    }

    private void add(JsonObject record) {
        records++;
        Advisory.of(record)
                .forEach(advisory -> byName.computeIfAbsent(advisory.name(), any -> new ArrayList<>(1))
                        .add(advisory));
    }

    private static PluginException unreadable(String name, Exception cause) {
        return new PluginException(
                "DP-0943",
                "The advisories " + name + " can't be read (" + cause.getMessage()
                        + "): expected OSV records as JSON, a folder of them, or the zip that osv.dev exports. Get them again, or correct 'advisories' in the section 'admission'.",
                cause);
    }

    /** How many records were read, of whatever ecosystem. */
    public int records() {
        return records;
    }

    /** What is known of the components, each record once a component. */
    public List<Vulnerability> of(List<BomComponent> components) {
        Map<String, Vulnerability> found = new LinkedHashMap<>();
        for (BomComponent component : components) {
            for (Advisory advisory : byName.getOrDefault(component.name(), List.of())) {
                if (advisory.versions().include(component.version())) {
                    found.putIfAbsent(
                            advisory.id() + " " + component,
                            new Vulnerability(
                                    advisory.id(),
                                    advisory.aliases(),
                                    component,
                                    advisory.versions().fixedIn(),
                                    advisory.summary()));
                }
            }
        }
        return List.copyOf(found.values());
    }
}
