package io.dataprism.app.conf;

/** The JSON Schema (2020-12) of {@code kernel.yaml}: what it is checked against, and what editors complete from. */
public final class ConfSchema {
    private ConfSchema() {}

    /** The schema as JSON text. */
    public static String text() {
        return ConfDocuments.SCHEMA;
    }
}
