package io.dataprism.kernel.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/manifest.md} names every key of the schema, in the schema's own words, and no other; and its examples are accepted. */
class ManifestReferenceTest {
    private static final Path REFERENCE = Path.of("..", "..", "docs", "manifest.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (.*) \\| .* \\|$");
    private static final JsonObject SCHEMA = new JsonObject(ManifestSchema.text());

    private static void collect(String path, JsonObject schema, Map<String, String> keys) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (String name : properties.fieldNames()) {
            JsonObject property = properties.getJsonObject(name);
            String key = path + name;
            keys.put(key, property.getString("description"));
            collect(key + ".", property, keys);
            JsonObject items = property.getJsonObject("items", new JsonObject());
            collect(key + "[].", items, keys);
            if (property.getValue("additionalProperties") instanceof JsonObject values) {
                collect(key + ".<name>.", values, keys);
            }
        }
    }

    @Test
    void everyKeyIsDescribedAsInTheSchema() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        collect("", SCHEMA, expected);
        Map<String, String> written = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(REFERENCE));
        while (rows.find()) {
            written.put(rows.group(1), rows.group(2).replace("\\|", "|"));
        }
        assertEquals(expected, written);
    }

    @Test
    void theExamplesAreAccepted() throws IOException {
        Matcher blocks = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$").matcher(Files.readString(REFERENCE));
        Set<String> seen = new TreeSet<>();
        while (blocks.find()) {
            Manifested manifested =
                    ManifestReader.read("docs/manifest.md", blocks.group(1).getBytes(StandardCharsets.UTF_8));
            assertEquals(List.of(), manifested.problems());
            seen.add(manifested.orThrow().id().value());
        }
        assertEquals(Set.of("hello", "weather-import"), seen);
    }
}
