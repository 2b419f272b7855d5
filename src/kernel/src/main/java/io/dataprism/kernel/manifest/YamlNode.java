package io.dataprism.kernel.manifest;

import java.util.List;
import java.util.Optional;

/** A node of a YAML document, and where it stands. */
sealed interface YamlNode {

    Place place();

    /**
     * A scalar.
     *
     * @param text as it was written, without quotes
     * @param plain whether it was written without quotes, so that the core rules decide what it is
     */
    record Scalar(Place place, String text, boolean plain) implements YamlNode {}

    /** A list. */
    record Sequence(Place place, List<YamlNode> items) implements YamlNode {}

    /** A mapping; no key comes twice. */
    record Mapping(Place place, List<Entry> entries) implements YamlNode {

        Optional<Entry> entry(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().text().equals(key))
                    .findFirst();
        }
    }

    /** A key and its value. */
    record Entry(Scalar key, YamlNode value) {}
}
