package io.dataprism.charts.spec;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Tells what is wrong with a Vega-Lite specification, in words. Stateless; safe for use by several threads. */
public final class SpecCheck {
    private static final String SCHEMA = "/io/dataprism/charts/engine/vega/vega-lite-schema.json";
    private static final int SHOWN = 8;

    private SpecCheck() {}

    /** What the grammar does not know, each as {@code path: what is wrong, what was probably meant}; empty when all is well. */
    public static List<String> problems(JsonObject spec) {
        return new SchemaWalk(Grammar.DEFINITIONS)
                .walk(Json.plain(spec), Json.object(Grammar.DEFINITIONS.get("TopLevelSpec")), "").stream()
                        .map(Finding::message)
                        .distinct()
                        .limit(SHOWN)
                        .toList();
    }

    /** Data that nobody may ask for: from outside, or without measure. For Vega-Lite and for Vega. */
    public static List<String> dataProblems(JsonObject spec) {
        return DataCheck.problems(Json.object(Json.plain(spec)));
    }

    /** Fields that the specification uses and no column of its data has; data that is not known here is not judged. */
    public static List<String> fieldProblems(JsonObject spec, Map<String, JsonArray> data) {
        return new FieldCheck(data).problems(spec).stream().limit(SHOWN).toList();
    }

    /** Loaded when first needed: 300 KB of JSON. */
    private static final class Grammar {
        static final Map<String, Object> DEFINITIONS = read();

        private static Map<String, Object> read() {
            try (InputStream in = SpecCheck.class.getResourceAsStream(SCHEMA)) {
                if (in == null) {
                    throw new IOException(SCHEMA + " is not on the class path");
                }
                JsonObject schema = new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                return Json.object(Json.plain(schema.getJsonObject("definitions")));
            } catch (IOException e) {
                throw new UncheckedIOException("Vega-Lite's schema cannot be read", e);
            }
        }
    }
}
