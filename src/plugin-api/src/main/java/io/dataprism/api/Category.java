package io.dataprism.api;

import java.util.Locale;
import java.util.Optional;

/** What kind of work a plugin does. */
public enum Category {
    /** Shows data: render, update, export. */
    VISUALIZATION,
    /** Works on data: transform, analyze, validate. */
    PROCESSING,
    /** Brings data in and out: connect, fetch, sync. */
    INTEGRATION,
    /** Anything else, with capabilities of its own. */
    UTILITY;

    /** The word used in manifests, messages and addresses, for example {@code processing}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The category that a manifest's word names. */
    public static Optional<Category> of(String label) {
        for (Category category : values()) {
            if (category.label().equals(label)) {
                return Optional.of(category);
            }
        }
        return Optional.empty();
    }
}
