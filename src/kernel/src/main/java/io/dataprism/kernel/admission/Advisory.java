package io.dataprism.kernel.admission;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.admission.VersionEvents.Event;
import io.dataprism.kernel.admission.VersionEvents.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an OSV record says of one Maven package.
 *
 * @param id of the record
 * @param aliases its other names
 * @param summary in its words
 * @param name {@code group:artifact}
 * @param versions which it is about
 */
record Advisory(String id, List<String> aliases, String summary, String name, VersionEvents versions) {
    private static final String ECOSYSTEM = "Maven";

    /** What a record says of Maven packages; nothing where it was withdrawn, or is of none of them. */
    static List<Advisory> of(JsonObject record) {
        if (!(record.getValue("id") instanceof String id) || record.containsKey("withdrawn")) {
            return List.of();
        }
        String summary = record.getValue("summary") instanceof String text ? PluginException.excerpt(text) : "";
        List<String> aliases = texts(record.getValue("aliases")).limit(10).toList();
        List<Advisory> all = new ArrayList<>();
        objects(record.getValue("affected")).forEach(affected -> {
            if (affected.getValue("package") instanceof JsonObject of
                    && of.getValue("ecosystem") instanceof String ecosystem
                    && (ecosystem.equals(ECOSYSTEM) || ecosystem.startsWith(ECOSYSTEM + ":"))
                    && of.getValue("name") instanceof String name) {
                all.add(new Advisory(PluginException.excerpt(id), aliases, summary, name, versions(affected)));
            }
        });
        return all;
    }

    private static VersionEvents versions(JsonObject affected) {
        List<List<Event>> ranges = objects(affected.getValue("ranges"))
                .filter(range -> !"GIT".equals(range.getValue("type")))
                .map(range -> objects(range.getValue("events"))
                        .flatMap(event -> event(event).stream())
                        .toList())
                .toList();
        return new VersionEvents(texts(affected.getValue("versions")).toList(), ranges);
    }

    private static Optional<Event> event(JsonObject json) {
        for (Kind kind : Kind.values()) {
            if (json.getValue(kind.key()) instanceof String version) {
                return Optional.of(new Event(kind, version));
            }
        }
        return Optional.empty();
    }

    private static Stream<JsonObject> objects(@Nullable Object value) {
        return value instanceof JsonArray array
                ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                : Stream.empty();
    }

    private static Stream<String> texts(@Nullable Object value) {
        return value instanceof JsonArray array
                ? array.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.empty();
    }
}
