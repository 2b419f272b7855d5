package io.dataprism.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaChangesTest {
    /** Before, after, what senders lose, what receivers lose; a dash where nobody loses anything. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {} | {} | - | -
            {'type': 'integer'} | {'type': 'number'} | - | x was integer and is number now
            {'type': 'number'} | {'type': 'integer'} | x was number and is integer now | -
            {} | {'type': 'string'} | x was anything and is string now | -
            {'type': ['string', 'null']} | {'type': 'string'} | x was null or string and is string now | -
            {'enum': ['a', 'b']} | {'enum': ['a', 'c']} | x does not take 'b' any more | x may be 'c' now
            {'enum': ['a']} | {} | - | x is no longer one of certain values
            {} | {'enum': ['a']} | x takes certain values only now | -
            {'required': ['a']} | {'required': ['b']} | field 'b' of x is required now | field 'a' of x may be missing now
            {'properties': {'a': {}}} | {'properties': {}} | - | field 'a' of x is gone
            {'properties': {'a': {}}} | {'additionalProperties': false} | x takes no other fields than the described ones now; field 'a' of x is gone | field 'a' of x is gone
            {'properties': {'a': {'type': 'string'}}} | {'properties': {'a': {'type': 'integer'}}} | field 'a' of x was string and is integer now | field 'a' of x was string and is integer now
            {'items': {'type': 'string'}} | {'items': {'type': 'null'}} | each item of x was string and is null now | each item of x was string and is null now
            {'minimum': 1} | {'minimum': 5} | x had minimum 1 and has minimum 5 now | -
            {'maximum': 5} | {'maximum': 9} | - | x had maximum 5 and has maximum 9 now
            {'maxLength': 5} | {} | - | x had maxLength 5 and has no maxLength now
            {'pattern': 'a'} | {'pattern': 'b'} | x has another pattern | x has another pattern
            {'pattern': 'a'} | {} | - | x has another pattern
            {'$ref': '#/$defs/t', '$defs': {'t': {'type': 'string'}}} | {'type': 'string'} | - | -
            {'properties': {'a': {'$ref': '#/$defs/t'}}, '$defs': {'t': {'type': 'string'}}} | {'properties': {'a': {'type': 'null'}}} | field 'a' of x was string and is null now | field 'a' of x was string and is null now
            """)
    void namesWhatIsNotKept(String before, String after, String goingIn, String comingOut) {
        List<String> in = new ArrayList<>();
        SchemaChanges.narrowed("x", schema(before), schema(after), in);
        assertEquals(goingIn, in.isEmpty() ? "-" : String.join("; ", in));
        List<String> out = new ArrayList<>();
        SchemaChanges.widened("x", schema(before), schema(after), out);
        assertEquals(comingOut, out.isEmpty() ? "-" : String.join("; ", out));
    }

    @Test
    void aSchemaThatRefersToItselfIsComparedToAnEnd() {
        JsonObject tree =
                schema("{'$ref': '#/$defs/n', '$defs': {'n': {'properties': {'next': {'$ref': '#/$defs/n'}}}}}");
        List<String> broken = new ArrayList<>();
        SchemaChanges.narrowed("x", tree, tree, broken);
        assertEquals(List.of(), broken);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void soIsOneWhoseFieldsAllReferToIt() {
        String fields = IntStream.range(0, 20)
                .mapToObj(field -> "'f" + field + "': {'$ref': '#/$defs/n'}")
                .collect(Collectors.joining(", "));
        String tree = "{'$ref': '#/$defs/n', '$defs': {'n': {'type': '%s', 'properties': {" + fields + "}}}}";
        List<String> broken = new ArrayList<>();
        SchemaChanges.narrowed("x", schema(tree.formatted("object")), schema(tree.formatted("array")), broken);
        assertEquals(List.of("x was object and is array now"), broken);
    }

    @Test
    void aFieldThatIsFarDownIsCompared() {
        String deep = "{'properties': {'a': ".repeat(60) + "{'type': '%s'}" + "}}".repeat(60);
        List<String> broken = new ArrayList<>();
        SchemaChanges.narrowed("x", schema(deep.formatted("string")), schema(deep.formatted("null")), broken);
        assertEquals(List.of("field 'a' of ".repeat(60) + "x was string and is null now"), broken);
    }

    /** Each of the one may have to be compared with each of the other. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void twoOfManyDefinitionsThatReferToEachOtherAreToldToBeTooMuch() {
        List<String> broken = new ArrayList<>();
        SchemaChanges.narrowed("x", web(6_007, 2, 1), web(6_011, 3, 5), broken);
        assertEquals(List.of("x has more schemas that refer to each other than can be compared"), broken);
    }

    /** {@code count} definitions of two fields each, which lead to all of them within a few steps. */
    private static JsonObject web(int count, int factor, int step) {
        JsonObject definitions = new JsonObject();
        for (int i = 0; i < count; i++) {
            definitions.put(
                    "n" + i,
                    new JsonObject()
                            .put(
                                    "properties",
                                    new JsonObject()
                                            .put("a", reference(i * factor % count))
                                            .put("b", reference((i * factor + step) % count))));
        }
        return new JsonObject().put("$ref", "#/$defs/n0").put("$defs", definitions);
    }

    private static JsonObject reference(int to) {
        return new JsonObject().put("$ref", "#/$defs/n" + to);
    }

    @Test
    void namesAreToldByTheirBeginnings() {
        String deep = ("{'properties': {'" + "a".repeat(200) + "': ").repeat(60) + "{'type': '%s'}" + "}}".repeat(60);
        List<String> broken = new ArrayList<>();
        SchemaChanges.narrowed("x", schema(deep.formatted("string")), schema(deep.formatted("null")), broken);
        assertEquals(
                List.of(("field '" + "a".repeat(80) + "…' of ").repeat(60) + "x was string and is null now"), broken);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void ofManyValuesTheFirstDifferencesAreTold() {
        JsonObject before = values("a");
        JsonObject after = values("b");
        List<String> broken = new ArrayList<>();
        SchemaChanges.narrowed("x", before, after, broken);
        assertEquals(100, broken.size());
        assertEquals("x does not take 'a0' any more", broken.get(0));
    }

    private static JsonObject values(String prefix) {
        JsonArray values = new JsonArray();
        IntStream.range(0, 150_000).forEach(i -> values.add(prefix + i));
        return new JsonObject().put("enum", values);
    }

    private static JsonObject schema(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
