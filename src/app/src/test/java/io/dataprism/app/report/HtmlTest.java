package io.dataprism.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlTest {
    @ParameterizedTest
    @MethodSource("numbers")
    void numbersAreGroupedAlikeAndHaveAMinusSign(Number number, String expected) {
        assertEquals(expected, Html.number(number));
    }

    static List<Arguments> numbers() {
        return List.of(
                Arguments.of(2700, "2,700"),
                Arguments.of(4030.75, "4,031"),
                Arguments.of(4201.0, "4,201"),
                Arguments.of(17.25, "17.25"),
                Arguments.of(-12, "\u221212"),
                Arguments.of(-0.125, "\u22120.125"),
                Arguments.of(1234567.8, "1,235,000"),
                Arguments.of(0.00001234, "1.234\u202f·\u202f10<sup>\u22125</sup>"),
                Arguments.of(1.5e22, "1.5\u202f·\u202f10<sup>22</sup>"),
                Arguments.of(Double.NaN, "NaN"));
    }

    @Test
    void textHasNothingOfHtmlInIt() {
        assertEquals("&lt;b a=&quot;&#39;&amp;", Html.text("<b a=\"'&"));
    }

    @Test
    void aYearIsNoQuantity() {
        JsonObject column =
                new JsonObject().put("name", "birth_year").put("min", 1999).put("max", 2007);
        String table = ProfileTable.toHtml(new JsonObject().put("columns", new JsonArray().add(column)));
        assertEquals(true, table.contains(">1999<") && table.contains(">2007<"), table);
    }
}
