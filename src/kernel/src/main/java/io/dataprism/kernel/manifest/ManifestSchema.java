package io.dataprism.kernel.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema (2020-12) of {@code plugin.yaml}: what manifests are checked against, and what editors complete from. */
public final class ManifestSchema {
    private static final String RESOURCE = "plugin-manifest.schema.json";
    private static final String TEXT = load();
    private static final SchemaCheck CHECK = SchemaCheck.of(TEXT);

    private ManifestSchema() {}

    /** The schema as JSON text. */
    public static String text() {
        return TEXT;
    }

    static SchemaCheck check() {
        return CHECK;
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
