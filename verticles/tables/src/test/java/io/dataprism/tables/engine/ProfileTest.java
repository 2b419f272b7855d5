package io.dataprism.tables.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
    @TempDir
    Path folder;

    private EngineFixture tables;

    @BeforeEach
    void open() {
        tables = new EngineFixture(folder);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private JsonObject profile(String sql) {
        StoredTable table = tables.engine.query(sql, List.of(), Map.of());
        return tables.engine.profile(table, new JsonObject().put("bins", 10));
    }

    private static JsonObject column(JsonObject profile, int index) {
        return profile.getJsonArray("columns").getJsonObject(index);
    }

    @Test
    void describesMoreColumnsThanOneStatementGroups() {
        String columns = IntStream.range(0, 150)
                .mapToObj(column -> "range % 7 AS c" + column)
                .collect(Collectors.joining(", "));
        JsonObject profile = profile("SELECT " + columns + " FROM range(100)");
        assertEquals(150, profile.getJsonArray("columns").size());
        assertEquals(10, column(profile, 149).getJsonArray("histogram").size());
        assertEquals(7, column(profile, 149).getJsonArray("top").size());
    }

    @Test
    void describesNumbers() {
        JsonObject profile =
                profile("SELECT CASE WHEN range = 999 THEN 100000 ELSE range END AS n, range * -2.0::DOUBLE AS m,"
                        + " CASE WHEN range < 100 THEN NULL ELSE 1 END AS one FROM range(1000)");
        JsonObject n = column(profile, 0);
        assertEquals("long", n.getString("type"));
        assertEquals("number", n.getString("kind"));
        assertEquals(0, n.getInteger("missing"));
        assertEquals(0.0, n.getDouble("min"));
        assertEquals(100000.0, n.getDouble("max"));
        assertEquals(1, n.getJsonObject("outliers").getInteger("count"));
        assertEquals(499.5, n.getJsonObject("quantiles").getDouble("p50"), 5);
        assertEquals(10, n.getJsonArray("histogram").size());
        assertEquals(999, n.getJsonArray("histogram").getJsonObject(0).getInteger("count"));
        assertEquals(1, n.getJsonArray("histogram").getJsonObject(9).getInteger("count"));
        assertFalse(n.getJsonObject("distinct").getBoolean("approximate"));
        assertEquals(1000, n.getJsonObject("distinct").getInteger("count"));
        JsonObject one = column(profile, 2);
        assertEquals(100, one.getInteger("missing"));
        assertFalse(one.containsKey("histogram"));
        assertEquals(
                "{\"value\":\"1\",\"count\":900}",
                one.getJsonArray("top").getJsonObject(0).encode());
        assertTrue(profile.getJsonArray("correlations").encode().contains("\"x\":\"n\",\"y\":\"m\""));
    }

    @Test
    void describesTextsTimesAndOthers() {
        JsonObject profile = profile("SELECT ['a', 'bb', 'bb', NULL][1 + range % 4] AS t,"
                + " DATE '2024-01-01' + range::INTEGER AS d, TIMESTAMP '2024-01-01 00:00:00' + to_hours(range) AS ts,"
                + " range % 3 = 0 AS b, {'x': range} AS s, TIME '10:00:00' AS clock FROM range(100)");
        JsonObject text = column(profile, 0);
        assertEquals(25, text.getInteger("missing"));
        assertEquals(
                "{\"min\":1,\"max\":2,\"mean\":1.666666667}",
                text.getJsonObject("length").encode());
        assertEquals(
                "{\"value\":\"bb\",\"count\":50}",
                text.getJsonArray("top").getJsonObject(0).encode());
        JsonObject date = column(profile, 1);
        assertEquals("time", date.getString("kind"));
        assertEquals("2024-01-01", date.getString("min"));
        assertEquals("2024-04-09", date.getString("max"));
        assertEquals(
                "2024-01-10", date.getJsonArray("histogram").getJsonObject(0).getString("to"));
        assertEquals("boolean", column(profile, 3).getString("kind"));
        assertEquals(2, column(profile, 3).getJsonArray("top").size());
        assertEquals("json", column(profile, 4).getString("type"));
        assertEquals("other", column(profile, 5).getString("kind"));
    }

    @Test
    void survivesEmptyTablesAllMissingAndInfinity() {
        JsonObject none = profile("SELECT 1 AS a, 'x' AS b WHERE false");
        assertEquals(0, none.getInteger("rows"));
        assertEquals(2, none.getJsonArray("columns").size());
        JsonObject odd = profile("SELECT unnest(['nan'::DOUBLE, 'inf'::DOUBLE, 1, 2]) AS x, NULL::DOUBLE AS nothing,"
                + " unnest([1e308, -1e308, 1e308, 0]) AS huge, NULL::VARCHAR AS void");
        assertEquals(1.0, column(odd, 0).getDouble("min"));
        assertEquals(2.0, column(odd, 0).getDouble("max"));
        assertEquals(4, column(odd, 1).getInteger("missing"));
        assertFalse(column(odd, 1).containsKey("min"));
    }
}
