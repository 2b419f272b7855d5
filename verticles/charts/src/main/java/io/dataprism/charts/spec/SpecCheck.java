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

    /**
     * What is wrong, each as {@code path: what is wrong, what was probably meant}; empty when all is well. A property that the grammar does
     * not know and that is near to none which it knows is no mistake: Vega-Lite passes over it, see {@link #unknown}.
     */
    public static List<String> problems(JsonObject spec) {
        List<Finding> findings = findings(spec);
        return findings.stream().allMatch(Finding::isHarmless) ? List.of() : messages(findings);
    }

    /** Properties that have no meaning to Vega-Lite 6, as what tools and older versions write; the chart is drawn without them. */
    public static List<String> unknown(JsonObject spec) {
        return messages(findings(spec).stream().filter(Finding::isHarmless).toList());
    }

    private static List<Finding> findings(JsonObject spec) {
        return new SchemaWalk(Grammar.DEFINITIONS)
                .walk(Json.plain(spec), Json.object(Grammar.DEFINITIONS.get("TopLevelSpec")), "");
    }

    private static List<String> messages(List<Finding> findings) {
        return findings.stream().map(Finding::message).distinct().limit(SHOWN).toList();
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
