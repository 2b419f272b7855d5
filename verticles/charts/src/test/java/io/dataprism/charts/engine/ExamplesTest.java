package io.dataprism.charts.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.charts.spec.SpecCheck;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A sample of Vega-Lite's own examples, held against what the reference runtime made of them; {@link ConformanceTest} does all. */
class ExamplesTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/dataprism/charts/engine/examples");
    private static ChartEngine engine;

    @BeforeAll
    static void open() {
        engine = new ChartEngine(ChartLimits.standard());
        engine.warm();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("specs"))) {
            List<String> names = files.map(file -> file.getFileName().toString().replace(".vl.json", ""))
                    .sorted()
                    .toList();
            assertEquals(40, names.size());
            return names;
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isDrawnLikeTheReference(String name) throws IOException {
        JsonObject spec =
                new JsonObject(Files.readString(FOLDER.resolve("specs").resolve(name + ".vl.json")));
        inline(spec);
        Drawing drawing = engine.draw(ChartRequest.of(spec).with(ChartRequest.Style.PLAIN));
        String reference = Files.readString(FOLDER.resolve("reference").resolve(name + ".svg"));
        assertNotEquals(SvgComparison.DIFFERENT, SvgComparison.of(reference, drawing.svg()));
        assertTrue(drawing.png(1).length > 100);
        assertTrue(drawing.pdf().length > 100);
    }

    /**
     * What three of the newer examples have, which are refused: facet_column_facet_column, facet_column_facet_row and facet_row_facet_row
     * (each …_point_future). Vega-Lite draws them, but its grammar does not have them.
     */
    @ParameterizedTest
    @CsvSource({"column, column", "column, row", "row, row"})
    void aFacetInsideAFacetIsRefusedAsTheGrammarItselfDoes(String outer, String inner) {
        JsonObject facet = new JsonObject("{'facet':{'%s':{'field':'a'}},'spec':{'mark':'point','encoding':{}}}"
                .formatted(inner)
                .replace('\'', '"'));
        JsonObject nested = new JsonObject()
                .put("data", new JsonObject().put("values", new JsonArray()))
                .put("facet", new JsonObject().put(outer, new JsonObject().put("field", "b")))
                .put("spec", facet);
        assertEquals(
                "the specification: 'repeat' is missing",
                SpecCheck.problems(nested).get(0));
        assertFalse(VegaLiteGrammar.allows(nested));
        JsonObject alone = facet.copy().put("data", nested.getJsonObject("data"));
        assertEquals(List.of(), SpecCheck.problems(alone));
        assertTrue(VegaLiteGrammar.allows(alone));
    }

    /** Data files by their contents, anywhere in the specification. */
    private static void inline(Object node) throws IOException {
        if (node instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                inline(array.getValue(i));
            }
        } else if (node instanceof JsonObject object) {
            if (object.getValue("url") instanceof String url) {
                object.remove("url");
                object.put("values", Files.readString(FOLDER.resolve(url)));
                object.put(
                        "format",
                        new JsonObject().put("type", "csv").mergeIn(object.getJsonObject("format", new JsonObject())));
            }
            for (String name : object.fieldNames()) {
                if (!name.equals("values")) {
                    inline(object.getValue(name));
                }
            }
        }
    }
}
