package io.dataprism.tables.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
    @TempDir
    Path folder;

    private EngineFixture tables;
    private StoredTable people;
    private StoredTable cities;

    @BeforeEach
    void open() throws Exception {
        tables = new EngineFixture(folder);
        people = tables.csv("id,name,age,city,zip,born,died\n"
                + "1,Ann,30,Oslo,12345,1990-01-01,\n"
                + "2,,40,Rome,1234,1980-01-01,1970-01-01\n"
                + "2,Cid,-5,Oz,abcde,2030-01-01,\n"
                + ",Dan,,Oslo,54321,1990-01-01,2.5\n");
        cities = tables.csv("name\nOslo\nRome\n");
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private JsonObject validate(String rules) {
        return tables.engine.validate(people, new JsonObject("{\"rules\":" + rules + "}"), Map.of("cities", cities));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"rule\":\"not-null\",\"column\":\"name\"} | 1 | name is missing",
                "{\"rule\":\"unique\",\"column\":\"id\"} | 2 | id stands more than once",
                "{\"rule\":\"unique\",\"columns\":[\"city\",\"id\"]} | 0 | ",
                "{\"rule\":\"range\",\"column\":\"age\",\"min\":0,\"max\":35} | 2 | age is below 0 or above 35",
                "{\"rule\":\"range\",\"column\":\"born\",\"max\":\"2025-01-01\"} | 1 | born is above 2025-01-01",
                "{\"rule\":\"pattern\",\"column\":\"zip\",\"pattern\":\"[0-9]{5}\"} | 2 | zip is not of the form [0-9]{5}",
                "{\"rule\":\"allowed\",\"column\":\"city\",\"values\":[\"Oslo\",\"Rome\"]} | 1 | city is none of Oslo, Rome",
                "{\"rule\":\"reference\",\"column\":\"city\",\"table\":\"cities\",\"key\":\"name\"} | 1 | city is not in cities.name",
                "{\"rule\":\"expression\",\"expr\":\"age > 0 OR city = 'Oz'\"} | 0 | ",
                "{\"rule\":\"expression\",\"expr\":\"id <> 2\"} | 2 | not id <> 2",
                "{\"rule\":\"type\",\"column\":\"zip\",\"type\":\"integer\"} | 1 | zip is no integer",
                "{\"rule\":\"type\",\"column\":\"died\",\"type\":\"date\"} | 1 | died is no date",
                "{\"rule\":\"type\",\"column\":\"died\",\"type\":\"integer\"} | 2 | died is no integer"
            })
    void countsWhatBreaksARule(String rule, int failing, String reason) {
        JsonObject report = validate("[" + rule + "]");
        assertEquals(failing, report.getInteger("failing"), report.encode());
        assertEquals(failing == 0, report.getBoolean("valid"));
        if (failing > 0) {
            assertEquals(
                    reason.strip(),
                    report.getJsonArray("firstFailing")
                            .getJsonObject(0)
                            .getJsonArray("reasons")
                            .getString(0));
        }
    }

    @Test
    void givesRowsWithAllTheirReasons() {
        JsonObject report = validate(
                "[{\"rule\":\"not-null\",\"column\":\"name\",\"name\":\"everybody has a name\"},"
                        + "{\"rule\":\"range\",\"column\":\"age\",\"min\":0,\"max\":35},{\"rule\":\"unique\",\"column\":\"id\"}]");
        assertEquals(2, report.getInteger("failing"));
        assertEquals(
                "{\"name\":\"everybody has a name\",\"rule\":\"not-null\",\"failed\":1}",
                report.getJsonArray("rules").getJsonObject(0).encode());
        JsonObject first = report.getJsonArray("firstFailing").getJsonObject(0);
        assertEquals(1, first.getInteger("row"));
        assertEquals(3, first.getJsonArray("reasons").size());
        assertEquals("Rome", first.getJsonObject("values").getString("city"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"rule\":\"notnull\",\"column\":\"id\"} | DP-0715 | Did you mean 'not-null'?",
                "{\"rule\":\"not-null\",\"column\":\"idd\"} | DP-0711 | rule 0 (not-null): no column 'idd'. Did you mean 'id'?",
                "{\"rule\":\"range\",\"column\":\"age\"} | DP-0715 | 'min' or 'max' is missing",
                "{\"rule\":\"pattern\",\"column\":\"zip\",\"pattern\":\"(\"} | DP-0715 | rule 0 (pattern)",
                "{\"rule\":\"expression\",\"expr\":\"agee > 1\"} | DP-0715 | rule 0 (expression): Binder Error",
                "{\"rule\":\"expression\",\"expr\":\"1 = 1) FROM t --\"} | DP-0712 | ",
                "{\"rule\":\"reference\",\"column\":\"city\",\"table\":\"towns\"} | DP-0710 | no input 'towns'"
            })
    void failuresNameTheRule(String rule, String code, String text) {
        CallException failure = assertThrows(CallException.class, () -> validate("[" + rule + "]"));
        assertEquals(code, failure.code(), failure.getMessage());
        assertTrue(text == null || failure.getMessage().contains(text.strip()), failure.getMessage());
    }
}
