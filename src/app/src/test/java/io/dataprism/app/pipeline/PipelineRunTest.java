package io.dataprism.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.CallOptions;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableSchema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineRunTest {
    private static final String STEPS = """
            version: 1
            name: rows
            steps:
              - {name: inline, plugin: tables, call: transform, with: {}}
              - {name: profile, plugin: tables, call: analyze, with: {}}
              - {name: check, plugin: tables, call: validate, with: {}}
              - {name: chart, plugin: charts, call: render, with: {}}
            """;

    @TempDir
    Path out;

    /** What the plugins of these steps answer. */
    private static final class Answers implements PluginCalls {
        @Override
        public Object call(String plugin, String capability, JsonObject request, CallOptions options) {
            return switch (capability) {
                case "transform" -> new JsonArray().add(new JsonObject()).add(new JsonObject());
                case "analyze" -> new JsonObject().put("rows", 344).put("columns", new JsonArray());
                case "validate" -> new JsonObject().put("valid", true).put("rows", 3_000_000_000L);
                default -> new JsonObject().put("$view", new JsonObject());
            };
        }

        @Override
        public TableSchema describe(TableHandle table) {
            throw new AssertionError("No step answers with a table.");
        }
    }

    @Test
    void showsTheRowsOfReportsToo() throws Exception {
        Catalogue catalogue =
                new Catalogue(Map.of("tables", Set.of("transform", "analyze", "validate"), "charts", Set.of("render")));
        Pipeline pipeline = new PipelineReader(catalogue, Map.of())
                .read("rows.yaml", STEPS.getBytes(StandardCharsets.UTF_8))
                .orThrow();
        List<OptionalLong> rows = new PipelineRun(pipeline, new Answers(), out, PipelineListener.SILENT)
                .run().stream().map(StepResult::rows).toList();
        assertEquals(
                List.of(
                        OptionalLong.of(2),
                        OptionalLong.of(344),
                        OptionalLong.of(3_000_000_000L),
                        OptionalLong.empty()),
                rows);
    }
}
