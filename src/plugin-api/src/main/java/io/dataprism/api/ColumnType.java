package io.dataprism.api;

import java.util.Locale;

/** How a column's values are held in a {@link TableBatch}. */
public enum ColumnType {
    BOOLEAN,
    /** 64-bit integer. */
    LONG,
    DOUBLE,
    /** Exact decimal, as its plain text. */
    DECIMAL,
    TEXT,
    /** Days since 1970-01-01, as a long. */
    DATE,
    /** Microseconds since 1970-01-01T00:00:00Z, as a long. */
    TIMESTAMP,
    /** Microseconds since midnight, as a long. */
    TIME,
    /** Anything nested, as JSON text. */
    JSON,
    BYTES;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type that {@link #label} wrote. */
    public static ColumnType of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
