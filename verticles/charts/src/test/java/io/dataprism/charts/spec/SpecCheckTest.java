package io.dataprism.charts.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecCheckTest {
    private static final String DATA = "'data':{'values':[{'month':'Jan','price':1}]},";

    private static JsonObject spec(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'mark':'bar','encoding':{'x':{'filed':'month'}} | encoding.x.filed: unknown property 'filed', did you mean 'field'?",
                "'mark':'bar','encoding':{'x':{'field':'month','type':'quantitatve'}} | encoding.x.type: 'quantitatve' is not known, did you mean 'quantitative'?",
                "'mark':'bra','encoding':{} | mark: 'bra' is not known, did you mean 'bar'?",
                "'mark':{'type':'bar','colour':'red'} | mark.colour: unknown property 'colour', did you mean 'color'?",
                "'encoding':{'x':{'field':'month'}} | the specification: 'mark' is missing",
                "'mark':'bar','encodng':{} | encodng: unknown property 'encodng', did you mean 'encoding'?",
                "'mark':'bar','encoding':{'xx':{'field':'month'}} | encoding.xx: unknown property 'xx', did you mean 'x'?",
                "'mark':'bar','encoding':{'y':{'aggregate':'avrage','field':'price'}} | encoding.y.aggregate: 'avrage' is not known, did you mean 'average'?",
                "'mark':'bar','width':'wide' | width: must be 'container' or a number or an object, but is the text 'wide'",
                "'layer':[{'mark':'bar'},{'mark':'lnie'}] | layer[1].mark: 'lnie' is not known, did you mean 'line'?",
            })
    void namesTheWrongFieldAndTheNearestKnownOne(String part, String expected) {
        assertEquals(List.of(expected), SpecCheck.problems(spec("{" + DATA + part + "}")));
    }

    @Test
    void reportsSeveralMistakesAtOnce() {
        List<String> problems = SpecCheck.problems(
                spec("{" + DATA + "'mark':'bra','encoding':{'x':{'filed':'month'}},'titel':'Rain'}"));
        assertEquals(3, problems.size(), problems::toString);
    }

    @Test
    void findsNothingInACorrectSpecification() {
        assertEquals(
                List.of(),
                SpecCheck.problems(spec("{" + DATA + "'mark':{'type':'line','point':true},'encoding':"
                        + "{'x':{'field':'month','sort':'-y'},'y':{'field':'price','type':'quantitative'}}}")));
    }

    @Test
    void aPropertyThatIsNearToNoneIsPassedOverAndTold() {
        JsonObject spec = spec("{" + DATA + "'mark':'bar','encoding':{'x':{'field':'month','origin_of_it':1}}}");
        assertEquals(List.of(), SpecCheck.problems(spec));
        List<String> unknown = SpecCheck.unknown(spec);
        assertTrue(unknown.stream().anyMatch(text -> text.startsWith("encoding.x.origin_of_it: unknown property")));
    }

    @Test
    void tellsWhichColumnTheDataLacks() {
        JsonArray rows = new JsonArray("[{\"month\":\"Jan\",\"price\":1}]");
        JsonObject spec = spec("{'data':{'name':'table'},'mark':'bar','encoding':{'x':{'field':'month'},"
                + "'y':{'field':'prise','type':'quantitative'}}}");
        assertEquals(
                List.of("encoding.y.field: the data has no column 'prise', did you mean 'price'?"),
                SpecCheck.fieldProblems(spec, Map.of("table", rows)));
    }

    @Test
    void listsTheColumnsWhereNoneIsNear() {
        JsonArray rows = new JsonArray("[{\"month\":\"Jan\",\"price\":1}]");
        JsonObject spec = spec("{'data':{'name':'table'},'mark':'bar','encoding':{'x':{'field':'country'}}}");
        assertEquals(
                List.of("encoding.x.field: the data has no column 'country'; it has: month, price"),
                SpecCheck.fieldProblems(spec, Map.of("table", rows)));
    }

    @Test
    void knowsTheColumnsThatTransformsMake() {
        JsonObject spec = spec("{" + DATA + "'transform':[{'calculate':'datum.price * 2','as':'double'},"
                + "{'fold':['price','double']},{'bin':true,'field':'price','as':'band'}],"
                + "'layer':[{'mark':'bar','encoding':{'x':{'field':'band'},'x2':{'field':'band_end'},"
                + "'y':{'field':'value'},'color':{'field':'key'}}}]}");
        assertEquals(List.of(), SpecCheck.fieldProblems(spec, Map.of()));
    }
}
