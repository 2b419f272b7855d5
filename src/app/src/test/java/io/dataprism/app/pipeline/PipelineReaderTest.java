package io.dataprism.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.manifest.Problem;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineReaderTest {
    private static final Catalogue CATALOGUE = new Catalogue(Map.of(
            "files", Set.of("connect", "fetch"),
            "tables", Set.of("transform", "analyze"),
            "charts", Set.of("render", "export")));

    private static final String GOOD = """
            version: 1
            name: penguins
            description: How heavy penguins are.
            settings:
              input: penguins.csv
              island: null
            steps:
              - name: folder
                plugin: files
                call: connect
                with: {config: {path: .}}
              - name: load
                plugin: files
                call: fetch
                with:
                  connection: ${steps.folder.connection}
                  query: {path: "${settings.input}"}
                timeout: 30s
              - name: chart
                plugin: charts
                call: render
                with: {data: "${steps.load.data}", config: {title: "On ${settings.island}, $${not}"}}
              - name: picture
                plugin: charts
                call: export
                each: {format: [svg, png]}
                with: {view: "${steps.chart}", format: "${each.format}"}
                save: charts/mass.${each.format}
            """;

    @Test
    void readsStepsInOrderWithEachWrittenOut() {
        Pipeline pipeline = read(GOOD, Map.of("island", "Torgersen")).orThrow();
        assertEquals(
                List.of("folder", "load", "chart", "picture-svg", "picture-png"),
                pipeline.steps().stream().map(Step::name).toList());
        assertEquals(Duration.ofSeconds(30), pipeline.steps().get(1).timeout());
        assertEquals(Duration.ofMinutes(2), pipeline.steps().get(2).timeout());
        assertEquals(Map.of("format", "png"), pipeline.steps().get(4).each());
        assertEquals(new JsonObject().put("input", "penguins.csv").put("island", "Torgersen"), pipeline.settings());
    }

    @Test
    void tellsProblemsOfFormAndOfReferencesAtOnce() {
        String bad = GOOD.replace("timeout: 30s", "timeout: 3x")
                .replaceFirst("plugin: files", "plugin: file")
                .replace("steps.load.data", "steps.laod.data");
        assertEquals(
                List.of("DP-1402", "DP-1401", "DP-1404"),
                read(bad, Map.of("island", "Torgersen")).problems().stream()
                        .map(Problem::code)
                        .toList());
    }

    @Test
    void aFileThatIsHardlyAPipelineIsToldItsFormAlone() {
        List<Problem> problems = read(
                        "version: 1\nname: x\nsettings: {a: 5}\nsteps: [{name: b}, {name: c, plugin: none, call: d}]\n",
                        Map.of())
                .problems();
        assertTrue(problems.stream().anyMatch(problem -> problem.code().equals("DP-0213")), problems::toString);
        assertTrue(problems.stream().noneMatch(problem -> problem.code().equals("DP-1402")), problems::toString);
    }

    @Test
    void overridesAreYamlScalars() {
        Pipeline pipeline = read(GOOD, Map.of("input", "0123", "island", "yes")).orThrow();
        assertEquals(123, pipeline.settings().getValue("input"));
        assertEquals("yes", pipeline.settings().getValue("island"));
        assertEquals(
                true, read(GOOD, Map.of("island", "true")).orThrow().settings().getValue("island"));
        assertEquals(
                "a: b",
                read(GOOD, Map.of("island", "a: b")).orThrow().settings().getValue("island"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void tellsWhatIsWrongAndWhere(String name, String from, String to, String... expected) {
        assertTrue(GOOD.contains(from), "the good one has no: " + from);
        PipelineReader.Read read = read(GOOD.replace(from, to), Map.of("island", "x"));
        assertEquals(
                List.of(expected),
                read.problems().stream().map(Problem::toString).toList());
        assertTrue(read.pipeline().isEmpty());
    }

    static List<Arguments> wrong() {
        return List.of(
                wrong(
                        "no YAML",
                        "steps:\n",
                        "steps: [\n",
                        "p.yaml:8:3: DP-0210 This is not YAML: expected the node content, but found '-'."),
                wrong(
                        "newer version",
                        "version: 1",
                        "version: 2",
                        "p.yaml:1:10: DP-1409 'version' is the number 2: expected 1, the format that this DataPrism reads; a newer file needs a newer DataPrism."),
                wrong(
                        "unknown key",
                        "description:",
                        "descripton:",
                        "p.yaml:3:1: DP-0212 Unknown key 'descripton'. Did you mean 'description'?"),
                wrong(
                        "no name",
                        "name: penguins\n",
                        "",
                        "p.yaml:1:1: DP-0213 Key 'name' is missing: expected a text of at most 100 characters. Add it."),
                wrong(
                        "unknown plugin",
                        "plugin: charts\n    call: render",
                        "plugin: chart\n    call: render",
                        "p.yaml:20:13: DP-1402 Plugin not found: chart. Did you mean 'charts'?"),
                wrong(
                        "unknown capability",
                        "call: fetch",
                        "call: fetsch",
                        "p.yaml:14:11: DP-1403 Plugin 'files' has no capability 'fetsch'. Did you mean 'fetch'?"),
                wrong(
                        "unknown step",
                        "${steps.load.data}",
                        "${steps.laod.data}",
                        "p.yaml:22:18: DP-1404 Reference ${steps.laod.data} leads to nothing: there is no step 'laod' above this one. Did you mean 'load'?"),
                wrong(
                        "a later step",
                        "{config: {path: .}}",
                        "{config: {path: \"${steps.load}\"}}",
                        "p.yaml:11:27: DP-1404 Reference ${steps.load} leads to nothing: there is no step 'load' above this one."),
                wrong(
                        "unknown setting",
                        "${settings.input}",
                        "${settings.imput}",
                        "p.yaml:17:21: DP-1404 Reference ${settings.imput} leads to nothing: there is no setting 'imput'. Did you mean 'input'?"),
                wrong(
                        "unknown each",
                        "${each.format}\"",
                        "${each.formats}\"",
                        "p.yaml:27:44: DP-1404 Reference ${each.formats} leads to nothing: there is no 'formats' in this step's 'each'. Did you mean 'format'?"),
                wrong(
                        "unknown root",
                        "${steps.load.data}",
                        "${step.load.data}",
                        "p.yaml:22:18: DP-1405 '${step.load.data}' is no reference: expected ${steps.<name>}, ${settings.<name>}, ${each.<name>} or ${pipeline.folder}. Did you mean 'steps'?"),
                wrong(
                        "broken reference",
                        "${steps.load.data}",
                        "${steps.load data}",
                        "p.yaml:22:18: DP-1405 '${steps.load data}' is no reference: expected ${steps.<name>}, ${settings.<name>}, ${each.<name>} or ${pipeline.folder}. Write $${ for a ${ that is meant as text."),
                wrong(
                        "unclosed reference",
                        "${steps.load.data}",
                        "${steps.load",
                        "p.yaml:22:18: DP-1405 '${' is no reference: expected ${steps.<name>}, ${settings.<name>}, ${each.<name>} or ${pipeline.folder}. Write $${ for a ${ that is meant as text."),
                wrong(
                        "twice",
                        "name: load",
                        "name: folder",
                        "p.yaml:12:11: DP-1406 Step 'folder' is there twice: expected each name once. Rename one.",
                        "p.yaml:22:18: DP-1404 Reference ${steps.load.data} leads to nothing: there is no step 'load' above this one. There is folder."),
                wrong(
                        "outside",
                        "save: charts",
                        "save: ../charts",
                        "p.yaml:28:11: DP-1407 File '../charts/mass.${each.format}' would lie outside the output folder: expected a path within it."),
                wrong(
                        "absolute",
                        "save: charts",
                        "save: /charts",
                        "p.yaml:28:11: DP-1407 File '/charts/mass.${each.format}' would lie outside the output folder: expected a path within it."),
                wrong(
                        "timeout",
                        "timeout: 30s",
                        "timeout: 30",
                        "p.yaml:18:14: DP-1401 'steps[1].timeout' is the number 30: expected a duration, such as '30s'."),
                wrong(
                        "no steps",
                        GOOD.substring(GOOD.indexOf("steps:")),
                        "steps: []\n",
                        "p.yaml:7:8: DP-1401 'steps' is a list: expected at least one step, each with name, plugin and call."),
                wrong(
                        "two each",
                        "{format: [svg, png]}",
                        "{format: [svg], other: [x]}",
                        "p.yaml:26:11: DP-1401 'steps[3].each' is a mapping: expected one name with a list, such as 'format: [svg, png, pdf]'."),
                wrong(
                        "setting's name",
                        "input: penguins.csv",
                        "1nput: penguins.csv",
                        "p.yaml:5:3: DP-1401 'settings' is a mapping: expected names that start with a letter, and values."));
    }

    private static Arguments wrong(String name, String from, String to, String... expected) {
        return Arguments.of(name, from, to, expected);
    }

    @Test
    void anUnknownOverrideAndASettingWithoutAValueAreTold() {
        List<String> problems = read(GOOD, Map.of("inputs", "x")).problems().stream()
                .map(Problem::toString)
                .toList();
        assertEquals(
                List.of(
                        "--set inputs: DP-1408 The pipeline has no setting 'inputs': it has input, island. Did you mean 'input'?",
                        "p.yaml:6:3: DP-1410 Setting 'island' has no value: expected one. Give it with --set island=<value>."),
                problems);
    }

    private static PipelineReader.Read read(String yaml, Map<String, String> overrides) {
        return new PipelineReader(CATALOGUE, overrides).read("p.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }
}
