package io.dataprism.charts.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChartEngineTest {
    private static ChartEngine engine;

    @BeforeAll
    static void open() {
        engine = new ChartEngine(ChartLimits.standard());
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void drawsAVegaLiteSpecificationWithItsDataInline() {
        Drawing drawing = engine.draw(Charts.bars());
        assertTrue(drawing.svg().startsWith("<svg"), drawing.svg());
        assertTrue(drawing.svg().contains(">Rainfall</text>"), drawing.svg());
        assertEquals(List.of(), drawing.notes());
    }

    @Test
    void drawsRowsThatAreGivenBesideTheSpecification() {
        JsonObject spec = Charts.json("{'mark':'bar','encoding':{'x':{'field':'kind'},'y':{'aggregate':'count'}}}");
        Drawing drawing =
                engine.draw(ChartRequest.of(spec, new JsonArray("[{\"kind\":\"Adelie\"},{\"kind\":\"Gentoo\"}]")));
        assertTrue(drawing.svg().contains(">Gentoo</text>"), drawing.svg());
    }

    @Test
    void drawsSeveralTablesByTheirNames() {
        JsonObject spec = Charts.json(
                "{'hconcat':[{'data':{'name':'a'},'mark':'point','encoding':{'x':{'field':'n','type':'quantitative'}}},"
                        + "{'data':{'name':'b'},'mark':'point','encoding':{'x':{'field':'m','type':'quantitative'}}}]}");
        Map<String, JsonArray> data = Map.of("a", Charts.numbers(3), "b", new JsonArray("[{\"m\":1}]"));
        Drawing drawing = engine.draw(new ChartRequest(spec, data, ChartRequest.Style.PRISM));
        assertEquals(4, drawing.svg().split("aria-roledescription=\"point\"", -1).length - 1);
    }

    @Test
    void drawsAVegaSpecification() {
        JsonObject spec = Charts.json(
                "{'$schema':'https://vega.github.io/schema/vega/v6.json','width':50,'height':50,"
                        + "'data':[{'name':'table'}],'marks':[{'type':'symbol','from':{'data':'table'},'encode':{'enter':{'x':{'field':'n'},'fill':{'value':'red'}}}}]}");
        Drawing drawing = engine.draw(ChartRequest.of(spec, Charts.numbers(4)));
        assertEquals(4, drawing.svg().split("fill=\"red\"", -1).length - 1, drawing.svg());
    }

    @Test
    void linksEachMarkAndLeavesOutWhatIsNoWebAddress() {
        JsonObject spec = Charts.json("{'data':{'values':[{'n':1,'to':'https://example.org/?q=two words'},"
                + "{'n':2,'to':'javascript:alert(1)'},{'n':3,'to':'https://example.org/3'}]},'mark':'point',"
                + "'encoding':{'x':{'field':'n','type':'quantitative'},'href':{'field':'to'}}}");
        List<String> links = Pattern.compile("<a xlink:href=\"([^\"]*)\"")
                .matcher(engine.draw(ChartRequest.of(spec)).svg())
                .results()
                .map(link -> link.group(1))
                .toList();
        assertEquals(List.of("https://example.org/?q=two words", "https://example.org/3"), links);
    }

    @Test
    void givesTheSameBytesEachTime() {
        JsonObject spec = Charts.json("{'transform':[{'calculate':'random()','as':'r'},{'sample':20}],'mark':'point',"
                + "'encoding':{'x':{'field':'n','type':'quantitative'},'y':{'field':'r','type':'quantitative'}}}");
        ChartRequest request = ChartRequest.of(spec, Charts.numbers(100));
        Drawing first = engine.draw(request);
        engine.draw(Charts.bars());
        Drawing second = engine.draw(request);
        assertEquals(first.svg(), second.svg());
        assertArrayEquals(first.png(2), second.png(2));
        assertArrayEquals(first.pdf(), second.pdf());
    }

    @Test
    void drawsTheSameInAllWorlds() {
        List<CompletableFuture<Drawing>> all = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> engine.draw(Charts.bars())))
                .limit(6)
                .toList();
        assertEquals(
                1,
                all.stream()
                        .map(CompletableFuture::join)
                        .map(Drawing::svg)
                        .distinct()
                        .count());
    }

    @Test
    void readsDatesWithoutAZoneAsUtc() {
        JsonObject spec = Charts.json("{'data':{'values':[{'t':'2024/01/01'},{'t':'2024/01/03'}]},'mark':'point',"
                + "'encoding':{'x':{'timeUnit':'yearmonthdatehours','field':'t','axis':{'format':'%Y-%m-%d %H:%M'}}}}");
        assertTrue(engine.draw(ChartRequest.of(spec)).svg().contains("2024-01-01 00:00"));
    }

    @Test
    void writesAPngOfTheAskedForScale() throws Exception {
        Drawing drawing = engine.draw(Charts.bars());
        BufferedImage single = ImageIO.read(new ByteArrayInputStream(drawing.png(1)));
        BufferedImage triple = ImageIO.read(new ByteArrayInputStream(drawing.png(3)));
        assertEquals(single.getWidth() * 3, triple.getWidth(), 3);
        assertEquals(0xFFFFFFFF, single.getRGB(1, 1));
    }

    @Test
    void writesAPdfWhoseTextCanBeSelected() throws Exception {
        try (PDDocument pdf = Loader.loadPDF(engine.draw(Charts.bars()).pdf())) {
            assertEquals(1, pdf.getNumberOfPages());
            String text = new PDFTextStripper().getText(pdf);
            assertTrue(text.contains("Rainfall") && text.contains("month"), text);
        }
    }

    @Test
    void samplesALongTableAndSaysSo() {
        try (ChartEngine small =
                new ChartEngine(Charts.limits(50, 1000, ChartLimits.standard().time()))) {
            JsonObject spec = Charts.json("{'mark':'point','encoding':{'x':{'field':'n','type':'quantitative'}}}");
            Drawing drawing = small.draw(ChartRequest.of(spec, Charts.numbers(1_234)));
            assertEquals(
                    List.of(
                            "Shows a sample of 50 of the 1,234 rows of 'table'. Aggregate the table first to show them all."),
                    drawing.notes());
        }
    }
}
