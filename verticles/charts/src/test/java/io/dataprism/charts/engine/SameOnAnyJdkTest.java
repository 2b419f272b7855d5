package io.dataprism.charts.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds pictures against their digests, so that another JDK, locale or set of fonts that makes a difference of one bit is seen wherever
 * the tests run. When the look or a bundle changes on purpose, take over the digests that the failure shows.
 */
class SameOnAnyJdkTest {
    private static final Path SPECS = Path.of("src/test/resources/io/dataprism/charts/engine/examples/specs");
    private static final List<String> EXAMPLES = List.of(
            "bar_diverging_stacked", "area_horizon", "layer_bar_labels", "facet_cross_independent_scale", "point_log");

    @Test
    void svgPngAndPdfAreTheSameBitsEverywhere() throws Exception {
        StringBuilder found = new StringBuilder();
        try (ChartEngine engine = new ChartEngine(ChartLimits.standard())) {
            engine.warm();
            for (String name : EXAMPLES) {
                JsonObject spec = new JsonObject(Files.readString(SPECS.resolve(name + ".vl.json")));
                Drawing drawing = engine.drawUnchecked(ChartRequest.of(spec));
                found.append(name)
                        .append(' ')
                        .append(digest(drawing.svg().getBytes(StandardCharsets.UTF_8)))
                        .append(' ')
                        .append(digest(drawing.png(2)))
                        .append(' ')
                        .append(digest(drawing.pdf()))
                        .append('\n');
            }
        }
        String expected = """
                bar_diverging_stacked b78aa7a3d4e6e61f 623b309343d14440 db3ef22738b3f4da
                area_horizon 5a917f16683d897e fc0741c50a18f046 309bd07172e461bb
                layer_bar_labels f1a93acc0a7ae754 b130b464e871c225 794b87f52a5fcc63
                facet_cross_independent_scale c8c0e842fd05840d 3b6848b92ac0c058 41920bc79b20015e
                point_log 14146e41db1aed51 92069cf25799ba42 4315bf05458f24ab
                """;
        assertEquals(expected, found.toString());
    }

    private static String digest(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
    }
}
