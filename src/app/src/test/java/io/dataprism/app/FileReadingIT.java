package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was found out about a file's form is shown, and can be corrected. */
class FileReadingIT {
    private static final String READ =
            "prices.csv read as csv, windows-1252, delimiter ';', decimal ',', thousands '.',"
                    + " missing 'k.A.', since %d.%m.%Y; --option NAME=VALUE overrides\n"
                    + "  Day and month cannot be told apart in 'since' (for example 03.04.2020); it is read as %d.%m.%Y.\n";

    @TempDir
    Path home;

    @BeforeEach
    void aFileAsAGermanSpreadsheetWritesIt() throws Exception {
        StringBuilder text = new StringBuilder("größe;price;since\n");
        for (int i = 0; i < 40; i++) {
            text.append(i % 2 == 0 ? "groß" : "klein")
                    .append(i == 5 ? ";k.A." : ";1.2" + i % 10 + "0," + i % 10 + "5")
                    .append(i % 2 == 0 ? ";03.04.2020\n" : ";05.06.2021\n");
        }
        Files.write(home.resolve("prices.csv"), text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aQuerySaysHowTheFileWasRead() throws Exception {
        String sql = "SELECT min(price) AS least, max(since) AS last FROM data";
        CliRun query = Child.run(home, "query", sql, "prices.csv", "--csv");
        assertEquals("least,last\n1200.05,2021-06-05\n", query.out(), query.err());
        assertEquals(READ, query.err());
        CliRun overridden = Child.run(
                home,
                "query",
                "SELECT max(since) AS last FROM data",
                "prices.csv",
                "--csv",
                "--option",
                "columns={since: {type: date, format: '%m.%d.%Y'}}");
        assertEquals("last\n2021-05-06\n", overridden.out(), overridden.err());
    }

    @Test
    void aDemoLeavesItOnThePageAndInThePipeline() throws Exception {
        CliRun demo = Child.run(home, "demo", "--data", "prices.csv", "--json");
        assertEquals(ExitCode.OK, demo.exitCode(), demo.err());
        assertEquals(READ, demo.err());
        JsonObject made = new JsonObject(demo.out());
        assertEquals("windows-1252", made.getJsonObject("detected").getString("encoding"));
        String page = Files.readString(home.resolve("out/index.html"));
        assertTrue(
                page.contains(
                        "<h3>How the file was read</h3><p class=\"lead\">csv, windows-1252, delimiter &#39;;&#39;"),
                page);
        assertTrue(page.contains("<li>Day and month cannot be told apart in &#39;since&#39;"), page);
        assertTrue(page.contains("since <span class=\"type\">date %d.%m.%Y</span>"), page);
        Path pipeline = home.resolve("out/pipeline.yaml");
        String draft = Files.readString(pipeline);
        assertTrue(draft.contains("decimal: ','"), draft);
        Files.writeString(pipeline, draft.replace("'%d.%m.%Y'", "'%m.%d.%Y'").replace("%d.%m.%Y", "%m.%d.%Y"));
        CliRun again = Child.run(home, "pipeline", "run", "out/pipeline.yaml", "--out", "again");
        assertEquals(ExitCode.OK, again.exitCode(), again.err());
    }
}
