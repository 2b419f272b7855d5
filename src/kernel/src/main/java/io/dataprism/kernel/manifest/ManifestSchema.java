package io.dataprism.kernel.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The JSON Schema (2020-12) of {@code plugin.yaml}: what manifests are checked against, and what editors complete from. */
public final class ManifestSchema {
    private static final String RESOURCE = "plugin-manifest.schema.json";
    private static final String TEXT = load();
    private static final KnownSchema CHECK = KnownSchema.of(TEXT);

    private ManifestSchema() {}

    /** The schema as JSON text. */
    public static String text() {
        return TEXT;
    }

    /** Everything in a manifest that is not as the schema says. */
    static List<Problem> check(YamlDocument document) {
        return CHECK.check(document, "DP-0214");
    }

    private static String load() {
        try (InputStream in = ManifestSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The kernel's jar lacks " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
