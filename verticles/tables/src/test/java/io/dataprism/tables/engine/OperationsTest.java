package io.dataprism.tables.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsTest {
    @TempDir
    Path folder;

    private EngineFixture tables;
    private StoredTable sales;
    private StoredTable cities;

    @BeforeEach
    void open() throws Exception {
        tables = new EngineFixture(folder);
        sales = tables.csv(
                "city,year,amount,day\n"
                        + "Oslo,2023,10,2023-05-01\nOslo,2024,20,2024-05-01\nRome,2023,5,2023-06-01\nRome,2024,,2024-06-01\nBonn,2024,7,2024-07-01\n");
        cities = tables.csv("name,country,year\nOslo,NO,1048\nRome,IT,-753\nLima,PE,1535\n");
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private StoredTable apply(String operations) {
        return tables.engine.transform(sales, new JsonArray(operations), Map.of("cities", cities));
    }

    private String rows(String operations) {
        return tables.rows(apply(operations)).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"column\": \"city\", \"is\": \"=\", \"value\": \"Oslo\"} | 2",
                "{\"column\": \"CITY\", \"is\": \"!=\", \"value\": \"Oslo\"} | 3",
                "{\"column\": \"amount\", \"is\": \">=\", \"value\": 7.5} | 2",
                "{\"column\": \"amount\", \"is\": \"<\", \"value\": 10} | 2",
                "{\"column\": \"amount\", \"is\": \"missing\"} | 1",
                "{\"column\": \"amount\", \"is\": \"present\"} | 4",
                "{\"column\": \"city\", \"is\": \"in\", \"value\": [\"Oslo\", \"Bonn\"]} | 3",
                "{\"column\": \"year\", \"is\": \"not in\", \"value\": [2024]} | 2",
                "{\"column\": \"amount\", \"is\": \"between\", \"value\": [5, 10]} | 3",
                "{\"column\": \"day\", \"is\": \">\", \"value\": \"2024-05-15\"} | 2",
                "{\"column\": \"city\", \"is\": \"contains\", \"value\": \"o\"} | 5",
                "{\"column\": \"city\", \"is\": \"starts with\", \"value\": \"R\"} | 2",
                "{\"column\": \"city\", \"is\": \"ends with\", \"value\": \"n\"} | 1",
                "{\"column\": \"city\", \"is\": \"matches\", \"value\": \"^[BR]\"} | 3",
                "{\"expr\": \"amount * 2 > 15 AND city <> 'Rome'\"} | 2",
                "{\"expr\": \"city IN (SELECT name FROM cities)\"} | 4",
                "{\"any\": [{\"column\": \"city\", \"is\": \"=\", \"value\": \"Bonn\"}, {\"all\": [{\"column\": \"year\", \"is\": \"=\", \"value\": 2023}, {\"expr\": \"amount < 6\"}]}]} | 2",
                "{\"column\": \"city\", \"is\": \"=\", \"value\": \"' OR 1=1 --\"} | 0"
            })
    void filterKeepsRows(String condition, int rows) {
        assertEquals(
                rows,
                apply("[{\"op\":\"filter\"," + condition.strip().substring(1) + "]")
                        .rows());
    }

    @Test
    void deriveAddsOrReplacesAColumn() {
        assertEquals(
                "[[Oslo, 2], [Oslo, 4], [Rome, 1], [Rome, –], [Bonn, 1]]",
                rows("[{\"op\":\"derive\",\"name\":\"amount\",\"expr\":\"amount // 5\"},"
                        + "{\"op\":\"select\",\"columns\":[\"city\",\"amount\"]}]"));
        assertEquals(
                List.of("city", "year", "amount", "day", "month"),
                apply("[{\"op\":\"derive\",\"name\":\"month\",\"expr\":\"month(day)\"}]")
                        .names());
    }

    @Test
    void selectRenames() {
        assertEquals(
                List.of("where", "n"),
                apply("[{\"op\":\"select\",\"columns\":{\"where\":\"city\",\"n\":\"amount\"}}]")
                        .names());
    }

    @Test
    void groupSortsByItsKeys() {
        assertEquals(
                "[[Bonn, 1, 7, 7.0], [Oslo, 2, 30, 15.0], [Rome, 2, 5, 5.0]]",
                rows(
                        "[{\"op\":\"group\",\"by\":[\"city\"],\"values\":{\"n\":{\"fn\":\"count\"},"
                                + "\"total\":{\"fn\":\"sum\",\"column\":\"amount\"},\"mid\":{\"fn\":\"median\",\"column\":\"amount\"}}}]"));
    }

    @Test
    void joinNamesClashingColumnsAfterTheirTable() {
        StoredTable joined = apply("[{\"op\":\"join\",\"with\":\"cities\",\"on\":{\"city\":\"name\"},\"how\":\"full\"},"
                + "{\"op\":\"sort\",\"by\":[\"city\",\"year\"]}]");
        assertEquals(List.of("city", "year", "amount", "day", "country", "year_cities"), joined.names());
        assertEquals("[Lima, –, –, –, PE, 1535]", tables.rows(joined).get(1).toString());
        assertEquals(
                1,
                apply("[{\"op\":\"join\",\"with\":\"cities\",\"on\":{\"city\":\"name\"},\"how\":\"anti\"}]")
                        .rows());
    }

    @Test
    void pivotMakesAColumnOfEachValue() {
        StoredTable wide = apply("[{\"op\":\"pivot\",\"rows\":[\"city\"],\"columns\":\"year\","
                + "\"value\":{\"fn\":\"sum\",\"column\":\"amount\"}}]");
        assertEquals(List.of("city", "2023", "2024"), wide.names());
        assertEquals(
                "[[Bonn, –, 7], [Oslo, 10, 20], [Rome, 5, –]]",
                tables.rows(wide).toString());
    }

    @Test
    void sortTakesOrderAndLimit() {
        assertEquals(
                "[[Oslo, 2024, 20, 19844], [Oslo, 2023, 10, 19478]]",
                rows("[{\"op\":\"sort\",\"by\":[{\"column\":\"amount\",\"order\":\"descending\"}],\"limit\":2}]"));
    }

    @Test
    void sampleIsRepeatable() {
        String sample = "[{\"op\":\"sample\",\"rows\":2,\"seed\":7}]";
        assertEquals(rows(sample), rows(sample));
        assertEquals(2, apply(sample).rows());
        StoredTable many = tables.engine.query("SELECT range AS i FROM range(10000)", List.of(), Map.of());
        long some = tables.engine
                .transform(many, new JsonArray("[{\"op\":\"sample\",\"fraction\":0.1}]"), Map.of())
                .rows();
        assertTrue(some > 800 && some < 1200, "rows: " + some);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"op\":\"filtre\"}] | DP-0714 | operation 0: 'op' is 'filtre'",
                "[{\"op\":\"filtre\"}] | DP-0714 | Did you mean 'filter'?",
                "[{}] | DP-0714 | 'op' is missing",
                "[7] | DP-0714 | operation 0 is no object",
                "[{\"op\":\"select\",\"columns\":[\"city\"]},{\"op\":\"sort\",\"by\":[\"amount\"]}] | DP-0711 | operation 1 (sort): no column 'amount'",
                "[{\"op\":\"group\",\"by\":[\"citty\"]}] | DP-0711 | Did you mean 'city'?",
                "[{\"op\":\"group\",\"by\":[\"city\"],\"values\":{\"x\":{\"fn\":\"sum\",\"column\":\"city\"}}}] | DP-0714 | 'sum' needs a column of numbers",
                "[{\"op\":\"derive\",\"name\":\"x\",\"expr\":\"nofn(city)\"}] | DP-0714 | operation 0 (derive): Catalog Error",
                "[{\"op\":\"derive\",\"name\":\"x\",\"expr\":\"1) FROM cities --\"}] | DP-0714 | operation 0 (derive)",
                "[{\"op\":\"derive\",\"name\":\"x\",\"expr\":\"(SELECT 1 FROM read_csv('/etc/passwd'))\"}] | DP-0713 | read_csv",
                "[{\"op\":\"derive\",\"name\":\"x\",\"expr\":\"1), (2\"}] | DP-0714 | not a single expression",
                "[{\"op\":\"join\",\"with\":\"citys\",\"on\":\"city\"}] | DP-0710 | Did you mean 'cities'?",
                "[{\"op\":\"filter\",\"column\":\"amount\",\"is\":\"over\",\"value\":1}] | DP-0714 | 'is' is 'over'",
                "[{\"op\":\"filter\",\"column\":\"amount\",\"is\":\"=\",\"value\":1,\"x\":2}] | DP-0714 | 'x' is not known here",
                "[{\"op\":\"filter\"}] | DP-0714 | expected exactly one of",
                "[{\"op\":\"sample\"}] | DP-0714 | either 'rows' or 'fraction'"
            })
    void failuresNameTheOperation(String operations, String code, String text) {
        CallException failure = assertThrows(CallException.class, () -> apply(operations));
        assertEquals(code, failure.code(), failure.getMessage());
        assertTrue(failure.getMessage().contains(text.strip()), failure.getMessage());
    }

    @Test
    void refusesMoreOperationsThanItPlans() {
        String filter = "{\"op\": \"filter\", \"column\": \"city\", \"is\": \"present\"}";
        CallException tooMany =
                assertThrows(CallException.class, () -> apply("[" + (filter + ",").repeat(100) + filter + "]"));
        assertEquals("DP-0714", tooMany.code());
        assertEquals(
                "Tables: there are 101 operations; at most 100 are taken. Make a table of the first ones, and work on that.",
                tooMany.getMessage());
    }
}
