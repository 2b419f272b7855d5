package io.dataprism.kernel.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** YAML by the core rules of 1.2, where 1.1 had its traps. */
class YamlDocumentTest {

    private static YamlDocument.Parsed parse(String yaml) {
        return YamlDocument.parse("a.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject json(String yaml) {
        YamlDocument.Parsed parsed = parse(yaml);
        assertEquals(List.of(), parsed.problems());
        return parsed.document().orElseThrow().json();
    }

    private static String problem(String yaml) {
        return parse(yaml).problems().get(0).toString();
    }

    @Test
    void yesAndOnStayText() {
        assertEquals(
                new JsonObject().put("on", "on").put("y", "yes").put("n", "no").put("t", true),
                json("on: on\ny: yes\nn: no\nt: True\n"));
    }

    @Test
    void numbersAreThoseOfTheCoreRules() {
        JsonObject json = json("a: 0123\nb: 0o17\nc: 0xFF\nd: 1_000\ne: 1e3\nf: +5\ng: 12:30\nh: 1.10\n");
        assertEquals(123L, json.getLong("a"));
        assertEquals(15L, json.getLong("b"));
        assertEquals(255L, json.getLong("c"));
        assertEquals("1_000", json.getValue("d"));
        assertEquals(1000.0, json.getValue("e"));
        assertEquals(5L, json.getLong("f"));
        assertEquals("12:30", json.getValue("g"));
        assertEquals(1.1, json.getValue("h"));
    }

    @Test
    void numbersThatJsonDoesNotKnowStayText() {
        JsonObject json = json("a: .inf\nb: .NaN\nc: 1e999\nd: 123456789012345678901234567890\n");
        assertEquals(".inf", json.getValue("a"));
        assertEquals(".NaN", json.getValue("b"));
        assertEquals("1e999", json.getValue("c"));
        assertEquals(new BigInteger("123456789012345678901234567890"), json.getValue("d"));
    }

    @Test
    void datesAndMergeKeysAreNothingSpecial() {
        assertEquals(
                new JsonObject().put("d", "2020-01-01").put("<<", new JsonObject().put("a", 1L)),
                json("d: 2020-01-01\n<<: {a: 1}\n"));
    }

    @Test
    void anchorsAreFollowed() {
        assertEquals(
                new JsonObject().put("a", new JsonArray().add("x")).put("b", new JsonArray().add("x")),
                json("a: &l [x]\nb: *l\n"));
    }

    @Test
    void everyDuplicateKeyIsReported() {
        assertEquals(
                List.of(
                        "a.yaml:2:1: DP-0211 Key 'a' stands here a second time, after line 1: expected once. Remove one of them.",
                        "a.yaml:3:11: DP-0211 Key 'c' stands here a second time, after line 3: expected once. Remove one of them."),
                parse("a: 1\na: 2\nb: {c: 1, c: 2}\n").problems().stream()
                        .map(Problem::toString)
                        .toList());
    }

    @Test
    void refusesWhatIsNoMappingOfText() {
        assertEquals("a.yaml:1:1: DP-0210 The file is empty: expected keys and values.", problem("# nothing\n"));
        assertTrue(problem("- a").contains("The file holds a list"));
        assertTrue(problem("a").contains("The file holds a single value"));
        assertTrue(problem("? [a]\n: 1").contains("A key is a list or a mapping"));
        assertTrue(problem("a: 1\n---\nb: 2").startsWith("a.yaml:2:1: DP-0210 A second document begins here"));
        assertTrue(problem("a: !!binary x").contains("Tag 'tag:yaml.org,2002:binary' can't be used here"));
        assertTrue(problem("a: !foo x").contains("Tag '!foo' can't be used here"));
        assertTrue(problem("a: *x").contains("Alias '*x' stands for nothing"));
        assertTrue(problem("a: &x [*x]").contains("Alias '*x' stands for nothing"));
        assertEquals(
                "a.yaml:1:5: DP-0210 This is not YAML: expected the node content, but found '<stream end>'.",
                problem("a: ["));
        assertTrue(problem("a: \0").contains("This is not YAML"));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertTrue(YamlDocument.parse("a.yaml", new byte[] {'a', ':', ' ', (byte) 0xC3, 0x28})
                .problems()
                .get(0)
                .message()
                .contains("not UTF-8"));
    }

    @Test
    void depthAndExpansionAreBounded() {
        assertTrue(problem("a: " + "[".repeat(100_000)).contains("Nested deeper than 64 levels"));
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
        }
        assertTrue(problem(laughs.toString()).contains("More than 50000 values"));
        assertTrue(problem("a: " + "x".repeat(1 << 20)).contains("Larger than 1 MiB"));
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertEquals(new JsonObject().put("a", 1L), json("\uFEFFa: 1"));
    }
}
