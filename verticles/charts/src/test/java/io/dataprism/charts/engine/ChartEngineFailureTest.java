package io.dataprism.charts.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartEngineFailureTest {
    private static final String VALUES = "'data':{'values':[{'n':1}]},";
    private static ChartEngine engine;

    @BeforeAll
    static void open() {
        engine = new ChartEngine(Charts.limits(1_000, 100, Duration.ofSeconds(60)));
        engine.warm();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static ChartException failure(ChartEngine engine, String spec) {
        ChartRequest request = ChartRequest.of(Charts.json(spec));
        return assertThrows(ChartException.class, () -> engine.draw(request));
    }

    @Test
    void refusesAWrongSpecification() {
        ChartException failure = failure(engine, "{" + VALUES + "'mark':'bar','encoding':{'x':{'filed':'n'}}}");
        assertEquals("DP-1201", failure.code());
        assertEquals(
                "The chart specification has a mistake: encoding.x.filed: unknown property 'filed', did you mean 'field'?",
                failure.getMessage());
    }

    @Test
    void refusesAFieldThatTheDataDoesNotHave() {
        ChartException failure = failure(engine, "{" + VALUES + "'mark':'bar','encoding':{'x':{'field':'m'}}}");
        assertEquals(
                "The chart specification has a mistake: encoding.x.field: the data has no column 'm', did you mean 'n'?",
                failure.getMessage());
    }

    @Test
    void refusesMoreMarksThanAllowed() {
        JsonObject spec = Charts.json("{'mark':'point','encoding':{'x':{'field':'n','type':'quantitative'}}}");
        ChartRequest request = ChartRequest.of(spec, Charts.numbers(500));
        ChartException failure = assertThrows(ChartException.class, () -> engine.draw(request));
        assertEquals("DP-1202", failure.code());
        assertTrue(failure.getMessage().contains("at most 100 marks"), failure.getMessage());
    }

    @Test
    void refusesAPictureWithTooManyPixels() {
        Drawing drawing = engine.draw(Charts.bars());
        ChartException failure = assertThrows(ChartException.class, () -> drawing.png(100));
        assertEquals("DP-1202", failure.code());
    }

    @Test
    void reportsAnExpressionThatVegaCannotRead() {
        ChartException failure =
                failure(engine, "{" + VALUES + "'transform':[{'calculate':'datum.n +','as':'x'}],'mark':'point'}");
        assertEquals("DP-1203", failure.code());
        assertTrue(failure.getMessage().contains("datum.n +"), failure.getMessage());
    }

    @Test
    void endsADrawingThatTakesTooLongAndDrawsTheNext() {
        try (ChartEngine hurried = new ChartEngine(Charts.limits(1_000, 1_000, Duration.ofSeconds(5)))) {
            hurried.warm();
            ChartException failure = failure(
                    hurried,
                    "{'data':{'sequence':{'start':0,'stop':1000000}},'transform':[{'calculate':'pad(datum.data, 20, 0)','as':'x'}],"
                            + "'mark':'point','encoding':{'x':{'field':'x','type':'nominal'}}}");
            assertEquals("DP-1202", failure.code());
            assertTrue(hurried.draw(Charts.bars()).svg().contains("Rainfall"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'data':{'url':'file:///etc/passwd'},'mark':'point'}",
                "{'data':{'url':'https://example.com/data.csv'},'mark':'point'}"
            })
    void loadsNothingFromOutside(String spec) {
        ChartException failure = failure(engine, spec);
        assertTrue(failure.getMessage().contains("load nothing"), failure.getMessage());
    }

    @Test
    void reachesNoJavaFromAnExpression() {
        ChartException failure = failure(
                engine,
                "{" + VALUES
                        + "'transform':[{'calculate':'Java.type(\\\"java.lang.System\\\").exit(1)','as':'x'}],'mark':'point'}");
        assertEquals("DP-1203", failure.code());
    }

    @Test
    void saysThatItIsClosed() {
        ChartEngine closed = new ChartEngine(ChartLimits.standard());
        closed.close();
        ChartException failure = assertThrows(ChartException.class, () -> closed.draw(Charts.bars()));
        assertTrue(failure.getMessage().contains("is closed"), failure.getMessage());
    }
}
