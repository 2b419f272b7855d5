package io.dataprism.app.demo;

import io.dataprism.app.data.DataFiles;
import io.dataprism.app.data.FileReading;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A pipeline for a file, in the making: open, load, profile, and then a chart for each suggestion, as YAML for people. */
final class PipelineDraft {
    private static final String HEAD = """
            # Made by ./dataprism demo --data. Edit what you like, and run it again:
            #   ./dataprism pipeline run <this file>
            # The options of the step 'load' say how the file is written, as far as that was found out: correct what is wrong, or
            # leave out what shall be found out again.
            # Charts are Vega-Lite specifications: https://vega.github.io/vega-lite/
            """;
    private static final List<String> FORMATS = List.of("svg", "png", "pdf");

    private final Path file;
    private final JsonObject options;
    private final Path folder;

    /** @param folder where the pipeline will lie */
    PipelineDraft(Path file, JsonObject options, Path folder) {
        this.file = file.toAbsolutePath().normalize();
        this.options = options;
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The same, with what was found out about the file among the options, to be changed where it is wrong. */
    PipelineDraft readAs(Optional<FileReading> reading) {
        return reading.map(found -> new PipelineDraft(file, options.copy().mergeIn(found.options()), folder))
                .orElse(this);
    }

    /** Without charts. */
    String toYaml() {
        return dump(steps());
    }

    /** With a chart for each of what {@code charts} suggested. */
    String withCharts(JsonArray suggestions) {
        List<Map<String, Object>> steps = steps();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < suggestions.size(); i++) {
            JsonObject suggestion = suggestions.getJsonObject(i);
            String name = name(names, suggestion);
            JsonObject config = new JsonObject().put("spec", escaped(suggestion.getJsonObject("spec")));
            steps.add(step(
                    name,
                    "charts",
                    "render",
                    new JsonObject().put("data", "${steps.load.data}").put("config", config)));
            steps.add(export(name));
        }
        return dump(steps);
    }

    private List<Map<String, Object>> steps() {
        JsonObject fetch = new JsonObject().put("connection", "${steps.open.connection}");
        if (!options.isEmpty()) {
            fetch.put("options", escaped(options));
        }
        return new ArrayList<>(List.of(
                step(
                        "open",
                        DataFiles.PLUGIN,
                        "connect",
                        new JsonObject().put("config", new JsonObject().put("path", "${settings.input}"))),
                step("load", DataFiles.PLUGIN, "fetch", fetch),
                step("profile", "tables", "analyze", new JsonObject().put("data", "${steps.load.data}"))));
    }

    private static Map<String, Object> step(String name, String plugin, String call, JsonObject with) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("name", name);
        step.put("plugin", plugin);
        step.put("call", call);
        step.put("with", Objects.requireNonNull(plain(with)));
        step.put("timeout", "10m");
        return step;
    }

    private static Map<String, Object> export(String chart) {
        Map<String, Object> step = step(
                "save-" + chart,
                "charts",
                "export",
                new JsonObject().put("view", "${steps." + chart + "}").put("format", "${each.format}"));
        step.remove("timeout");
        step.put("each", Map.of("format", FORMATS));
        step.put("save", "charts/" + chart + ".${each.format}");
        return step;
    }

    /** A name from the suggestion's kind and columns that no other chart has. */
    private static String name(Set<String> taken, JsonObject suggestion) {
        String columns = String.join(
                "-",
                suggestion.getJsonArray("columns", new JsonArray()).stream()
                        .map(String::valueOf)
                        .toList());
        String name = plainLetters(suggestion.getString("kind") + "-" + columns)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+|-$", "");
        String shortened = name.length() > 48 ? name.substring(0, 48).replaceAll("-$", "") : name;
        String free = shortened.isEmpty() ? "chart" : shortened;
        for (int i = 2; !taken.add(free); i++) {
            free = shortened + "-" + i;
        }
        return free;
    }

    /** Letters with marks as those without: {@code Stück} as {@code Stuck}. */
    static String plainLetters(String text) {
        return Normalizer.normalize(text.replace("ß", "ss"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "");
    }

    /** A text in it that looks like a reference stays what it is. */
    private static JsonObject escaped(JsonObject json) {
        return new JsonObject(escaped(json.encode()));
    }

    /** The file as seen from the pipeline where it is near, so that both can move together; else its absolute path. */
    private String input() {
        boolean sameRoot = Objects.equals(file.getRoot(), folder.getRoot());
        Path relative = sameRoot ? folder.relativize(file) : file;
        boolean near = sameRoot && !relative.startsWith(Path.of("..", "..", ".."));
        return near
                ? "${pipeline.folder}/" + escaped(relative.toString().replace('\\', '/'))
                : escaped(file.toString());
    }

    private static String escaped(String text) {
        return text.replace("${", "$${");
    }

    private String dump(List<Map<String, Object>> steps) {
        Map<String, Object> pipeline = new LinkedHashMap<>();
        pipeline.put("version", 1);
        pipeline.put("name", file.getFileName().toString());
        pipeline.put("description", "Charts of " + file.getFileName() + ".");
        pipeline.put("settings", Map.of("input", input()));
        pipeline.put("steps", steps);
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndent(2)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setWidth(140)
                .setDereferenceAliases(true)
                .build();
        return HEAD + new Dump(settings).dumpToString(pipeline);
    }

    /** Maps and lists, as the YAML library takes them. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            object.forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
            return map;
        }
        if (value instanceof JsonArray array) {
            List<@Nullable Object> list = new ArrayList<>();
            array.forEach(item -> list.add(plain(item)));
            return list;
        }
        return value;
    }
}
