package io.dataprism.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs what {@code docs/tables.md} shows. */
@PluginTest
class DocumentedExamplesTest {
    private static final Pattern BLOCK = Pattern.compile("```json( \\w+)?\n(.*?)```", Pattern.DOTALL);

    /** The blocks after {@code ```json <tag>}, and each one's follower where that has no tag. */
    private static List<String> blocks(String tag) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(Path.of("../../docs/tables.md")));
        while (matcher.find()) {
            if ((" " + tag).equals(matcher.group(1))) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    private static String reply() throws IOException {
        Matcher matcher = Pattern.compile("```json\\n(\\[.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../../docs/tables.md")));
        assertTrue(matcher.find());
        return matcher.group(1);
    }

    @Test
    void transformRuns(PluginUnderTest tables) throws Exception {
        List<String> requests = blocks("transform");
        assertEquals(2, requests.size());
        assertTrue(tables.call("transform", new JsonObject(requests.get(0))).containsKey("$table"));
        JsonArray rows = tables.reply("transform", new JsonObject(requests.get(1)));
        assertEquals(new JsonArray(reply()), rows);
    }

    @Test
    void analyzeRuns(PluginUnderTest tables) throws Exception {
        JsonObject profile =
                tables.call("analyze", new JsonObject(blocks("analyze").get(0)));
        assertEquals(3, profile.getInteger("rows"));
        assertEquals(1.0, profile.getJsonArray("correlations").getJsonObject(0).getDouble("r"));
    }

    @Test
    void validateRuns(PluginUnderTest tables) throws Exception {
        JsonObject report =
                tables.call("validate", new JsonObject(blocks("validate").get(0)));
        assertEquals(2, report.getInteger("failing"));
        JsonObject second = report.getJsonArray("firstFailing").getJsonObject(1);
        assertTrue(second.getJsonArray("reasons").contains("age is below 0 or above 120"), second.encode());
    }
}
