package io.dataprism.api;

import java.util.Locale;
import java.util.Optional;

/** File formats that tables are read from and written to. */
public enum TableFormat {
    CSV,
    /** One array of objects. */
    JSON,
    /** One object a line. */
    NDJSON,
    PARQUET;

    /** The word used in requests, for example {@code csv}; also the usual file extension. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TableFormat> of(String label) {
        for (TableFormat format : values()) {
            if (format.label().equals(label)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
