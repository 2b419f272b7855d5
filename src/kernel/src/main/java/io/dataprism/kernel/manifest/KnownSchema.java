package io.dataprism.kernel.manifest;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds documents against a JSON Schema of this program's own. {@link QuickSchema} finds most of those that are in order to be so; the library for
 * all of JSON Schema is started when a document is met that it is needed for, in most nodes never. Safe to use from any thread.
 */
public final class KnownSchema {
    private final String schema;
    private final QuickSchema quick;
    private @Nullable SchemaCheck full;

    private KnownSchema(String schema) {
        this.schema = schema;
        this.quick = QuickSchema.of(schema);
    }

    /** The check of a schema that is known to be in order. */
    public static KnownSchema of(String schema) {
        return new KnownSchema(schema);
    }

    /**
     * Everything in {@code document} that is not as the schema says, each at its line and column.
     *
     * @param code for what the schema gives no code of its own
     */
    public List<Problem> check(YamlDocument document, String code) {
        return check(document, document.json(), code);
    }

    /**
     * The same of {@code meant}, which is what {@code document} says once what its values refer to is put in: problems are at the places of the
     * document, and show what is written there.
     */
    public List<Problem> check(YamlDocument document, JsonObject meant, String code) {
        return quick.holds(meant) ? List.of() : full().check(document, meant, code);
    }

    private synchronized SchemaCheck full() {
        if (full == null) {
            full = SchemaCheck.of(schema);
        }
        return full;
    }
}
