package io.dataprism.charts.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.charts.spec.SpecCheck;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Draws all of Vega-Lite's own examples that are not interactive, and compares with the reference runtime. It needs Node.js and
 * npm, and takes minutes, so it runs on demand:
 *
 * <pre>{@code mvn -pl :dataprism-charts -am test -Dtest=ConformanceTest -Dcharts.conformance=true -Dcharts.examples=<folder>}</pre>
 *
 * <p>Where the examples come from stands in {@code conformance/fetch.mjs}.
 */
@EnabledIfSystemProperty(named = "charts.conformance", matches = "true")
class ConformanceTest {
    private static final Path FOLDER = Path.of("target", "conformance").toAbsolutePath();
    private static final ChartLimits LIMITS =
            new ChartLimits(1_000_000, 1_000_000, Duration.ofMinutes(5), 64 << 20, 64_000_000, 1);

    private static final String FAILED = "not drawn";
    private static final String REFUSED = "refused";

    private final List<String> lines = new ArrayList<>();
    private final List<Long> millis = new ArrayList<>();
    private final int[] counts = new int[SvgComparison.values().length];
    private int outsideTheGrammar;
    private int failed;

    @Test
    void atLeast98PercentOfTheExamplesAreDrawnLikeTheReference() throws Exception {
        Files.createDirectories(FOLDER);
        String examples = System.getProperty("charts.examples", "");
        node("fetch.mjs", examples.isEmpty() ? new Path[] {FOLDER} : new Path[] {FOLDER, Path.of(examples)});
        Path advances = Files.writeString(
                FOLDER.resolve("advances.json"), Advances.all().encode());
        node("reference.mjs", FOLDER.resolve("specs"), advances, FOLDER.resolve("reference"));
        Files.createDirectories(FOLDER.resolve("drawn"));
        try (ChartEngine engine = new ChartEngine(LIMITS);
                Stream<Path> specs = Files.list(FOLDER.resolve("specs"))) {
            engine.warm();
            for (Path spec : specs.sorted().toList()) {
                compare(engine, spec);
            }
        }
        int same = counts[SvgComparison.IDENTICAL.ordinal()] + counts[SvgComparison.WITHIN_TOLERANCE.ordinal()];
        int all = Arrays.stream(counts).sum();
        report(same, all);
        assertTrue(same >= 0.98 * all, same + " of " + all + " are the same; see " + FOLDER + "/report.txt");
    }

    private void compare(ChartEngine engine, Path file) throws IOException {
        String name = file.getFileName().toString().replaceFirst("(\\.vl)?\\.json$", "");
        JsonObject spec = new JsonObject(Files.readString(file));
        List<String> problems = SpecCheck.problems(spec);
        problems.forEach(problem -> lines.add(name + ": refused " + problem));
        if (!problems.isEmpty() && !VegaLiteGrammar.allows(spec)) {
            lines.add(name + ": not counted, since Vega-Lite's own grammar refuses it");
            outsideTheGrammar++;
            return;
        }
        List<String> fields = SpecCheck.fieldProblems(spec, Map.of());
        if (!fields.isEmpty()) {
            lines.add(name + ": fields " + fields);
        }
        long start = System.nanoTime();
        // As render does it: what it refuses though the grammar has it is different.
        String drawn = problems.isEmpty() ? draw(engine, spec) : REFUSED;
        millis.add((System.nanoTime() - start) / 1_000_000);
        Files.writeString(FOLDER.resolve("drawn").resolve(name + ".svg"), drawn);
        failed += drawn.equals(FAILED) ? 1 : 0;
        SvgComparison result = SvgComparison.of(reference(name), drawn);
        counts[result.ordinal()]++;
        if (result == SvgComparison.DIFFERENT) {
            lines.add(name + ": " + result);
        }
    }

    /** The SVG; an example that neither runtime can draw is the same in both. */
    private static String draw(ChartEngine engine, JsonObject spec) {
        try {
            return engine.draw(ChartRequest.of(spec).with(ChartRequest.Style.PLAIN))
                    .svg();
        } catch (ChartException e) {
            return e.kind() == ChartException.Kind.DRAWING ? FAILED : REFUSED;
        }
    }

    private static String reference(String name) throws IOException {
        Path svg = FOLDER.resolve("reference").resolve(name + ".svg");
        if (Files.exists(svg)) {
            return Files.readString(svg);
        }
        return FAILED;
    }

    private void report(int same, int all) throws IOException {
        millis.sort(null);
        String head = String.format(
                Locale.ROOT,
                "%d specifications: %d identical, %d within %s, %d different: %.1f %% the same%n"
                        + "ms a chart: median %d, 95th percentile %d, longest %d%n"
                        + "%d drawn by no runtime; %d more are not counted, since Vega-Lite's own grammar refuses them%n",
                all,
                counts[SvgComparison.IDENTICAL.ordinal()],
                counts[SvgComparison.WITHIN_TOLERANCE.ordinal()],
                SvgComparison.TOLERANCE,
                counts[SvgComparison.DIFFERENT.ordinal()],
                100.0 * same / all,
                millis.get(all / 2),
                millis.get(all * 95 / 100),
                millis.get(all - 1),
                failed,
                outsideTheGrammar);
        Files.writeString(FOLDER.resolve("report.txt"), head + String.join("\n", lines) + "\n");
    }

    private static void node(String script, Path... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("node", Path.of("conformance", script).toString()));
        Arrays.stream(arguments).map(Path::toString).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve(script + ".log").toFile())
                .start();
        assertEquals(0, process.waitFor(), script + " failed; see " + FOLDER.resolve(script + ".log"));
    }
}
