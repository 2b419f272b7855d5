package io.dataprism.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The data that the demo carries is read as what it is. */
@PluginTest(with = "../tables")
class DemoDataTest {
    private static final String FOLDER = "../../src/app/src/main/dist/demo/data";

    @Test
    void isReadWhole(PluginUnderTest files) {
        String connection = files.call("connect", new JsonObject().put("config", new JsonObject().put("path", FOLDER)))
                .getString("connection");
        assertEquals("344 {double=2, long=2, text=3}", shape(files, connection, "penguins.json"));
        assertEquals("1461 {date=1, double=4, text=1}", shape(files, connection, "seattle-weather.csv"));
        assertEquals("10000 {date=1, long=4, text=9}", shape(files, connection, "birdstrikes.csv"));
        assertEquals(1707, fetch(files, connection, "earthquakes.json").getInteger("rows"));
    }

    private static JsonObject fetch(PluginUnderTest files, String connection, String name) {
        return files.call(
                        "fetch",
                        new JsonObject().put("connection", connection).put("query", new JsonObject().put("path", name)))
                .getJsonObject("report");
    }

    private static String shape(PluginUnderTest files, String connection, String name) {
        JsonObject report = fetch(files, connection, name);
        Map<String, Integer> types = new TreeMap<>();
        report.getJsonArray("columns")
                .forEach(column -> types.merge(((JsonObject) column).getString("type"), 1, Integer::sum));
        return report.getInteger("rows") + " " + types;
    }
}
