package io.dataprism.charts.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        Drawing drawing = engine.drawUnchecked(ChartRequest.of(spec).with(ChartRequest.Style.PLAIN));
        String reference = Files.readString(FOLDER.resolve("reference").resolve(name + ".svg"));
        assertNotEquals(SvgComparison.DIFFERENT, SvgComparison.of(reference, drawing.svg()));
        assertTrue(drawing.png(1).length > 100);
        assertTrue(drawing.pdf().length > 100);
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
