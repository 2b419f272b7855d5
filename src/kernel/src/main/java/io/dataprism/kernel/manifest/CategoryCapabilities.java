package io.dataprism.kernel.manifest;

import io.dataprism.api.Category;
import java.util.Set;

/** The capabilities that a category fixes. A test holds them against the API's own plugin types. */
public final class CategoryCapabilities {
    private CategoryCapabilities() {}

    public static Set<String> of(Category category) {
        return switch (category) {
            case VISUALIZATION -> Set.of("render", "update", "export", "release");
            case PROCESSING -> Set.of("transform", "analyze", "validate");
            case INTEGRATION -> Set.of("connect", "fetch", "sync", "disconnect", "health");
            case UTILITY -> Set.of();
        };
    }
}
