package io.dataprism.app.pipeline;

import io.dataprism.app.input.BadInput;
import io.dataprism.app.input.Resources;
import io.dataprism.kernel.manifest.KnownSchema;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.YamlDocument;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a pipeline's file: into a checked {@link Pipeline}, or into everything that is wrong with it. */
public final class PipelineReader {
    private static final String SCHEMA = Resources.text(PipelineReader.class, "pipeline.schema.json");
    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(2);

    private final Catalogue catalogue;
    private final Map<String, String> overrides;

    /**
     * @param catalogue the plugins that may be named
     * @param overrides settings given on the command line, as YAML scalars
     */
    public PipelineReader(Catalogue catalogue, Map<String, String> overrides) {
        this.catalogue = catalogue;
        this.overrides = Map.copyOf(overrides);
    }

    /** The schema as JSON text, for editors. */
    public static String schema() {
        return SCHEMA;
    }

    /** What became of reading: a pipeline when {@code problems} holds no error. */
    public record Read(Optional<Pipeline> pipeline, List<Problem> problems) {

        /** The pipeline, or a failure that lists all problems. */
        public Pipeline orThrow() {
            return pipeline.orElseThrow(() -> BadInput.refused(problems));
        }
    }

    /** Read {@code file}; fails only where there is no such file. */
    public Read read(Path file) {
        try {
            return read(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw BadInput.unreadable(file, e);
        }
    }

    Read read(String file, byte[] yaml) {
        YamlDocument.Parsed parsed = YamlDocument.parse(file, yaml);
        if (parsed.document().isEmpty()) {
            return new Read(Optional.empty(), parsed.problems());
        }
        YamlDocument document = parsed.document().get();
        List<Problem> problems = new ArrayList<>(KnownSchema.of(SCHEMA).check(document, "DP-1401"));
        JsonObject json = document.json();
        if (!problems.isEmpty() && !hasSteps(json)) {
            return new Read(Optional.empty(), problems);
        }
        JsonObject settings = json.getJsonObject("settings", new JsonObject());
        problems.addAll(Overrides.apply(document, settings, overrides));
        problems.addAll(new PipelineCheck(document, catalogue, settings).problems());
        problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return problems.isEmpty()
                ? new Read(Optional.of(pipeline(file, json, settings)), List.of())
                : new Read(Optional.empty(), problems);
    }

    /** Whether it is near enough to a pipeline for its steps to be looked at, so that all problems are told at once. */
    private static boolean hasSteps(JsonObject json) {
        return json.getValue("settings", new JsonObject()) instanceof JsonObject settings
                && settings.fieldNames().stream().allMatch(name -> name.matches("[A-Za-z].*"))
                && json.getValue("steps") instanceof JsonArray steps
                && steps.stream().allMatch(step -> step instanceof JsonObject object && isStep(object));
    }

    private static boolean isStep(JsonObject step) {
        return Stream.of("name", "plugin", "call").allMatch(key -> step.getValue(key) instanceof String)
                && (!step.containsKey("each")
                        || (step.getValue("each") instanceof JsonObject each
                                && each.size() == 1
                                && each.getValue(each.fieldNames().iterator().next()) instanceof JsonArray));
    }

    private static Pipeline pipeline(String file, JsonObject json, JsonObject settings) {
        List<Step> steps = new ArrayList<>();
        json.getJsonArray("steps").forEach(item -> steps.addAll(steps((JsonObject) item)));
        String name = json.getString("name");
        Path folder = Path.of(file).toAbsolutePath().normalize().resolveSibling("");
        Substitution ofPipeline = new Substitution(reference -> Pipeline.of(reference, name, folder));
        return new Pipeline(name, json.getString("description", ""), folder, ofPipeline.in(settings), steps);
    }

    /** The one step, or one for each value of {@code each}, named {@code <name>-<value>}. */
    private static List<Step> steps(JsonObject json) {
        if (!(json.getValue("each") instanceof JsonObject each)) {
            return List.of(step(json.getString("name"), json, Map.of()));
        }
        String variable = each.fieldNames().iterator().next();
        return each.getJsonArray(variable).stream()
                .map(value -> step(json.getString("name") + "-" + value, json, Map.of(variable, value)))
                .toList();
    }

    private static Step step(String name, JsonObject json, Map<String, Object> each) {
        return new Step(
                name,
                json.getString("plugin"),
                json.getString("call"),
                json.getJsonObject("with", new JsonObject()),
                Optional.ofNullable(json.getString("save")),
                json.containsKey("timeout") ? duration(json.getString("timeout")) : USUAL_TIMEOUT,
                each);
    }

    private static Duration duration(String text) {
        String unit = text.replaceAll("[0-9 ]", "");
        long amount = Long.parseLong(text.replaceAll("[^0-9]", ""));
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
