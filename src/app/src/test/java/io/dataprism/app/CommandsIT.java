package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that bring a kernel up themselves, on the assembled distribution with its three plugins. */
class CommandsIT {
    private static final String BIRDS = "species,mass\nadelie,3700\ngentoo,5000\nadelie,3900\n";

    @TempDir
    Path home;

    @BeforeEach
    void data() throws Exception {
        Files.writeString(home.resolve("birds.csv"), BIRDS);
    }

    @Test
    void theDemoMakesNineChartsInThreeFormatsAndAPage() throws Exception {
        CliRun run = Child.run(home, "demo", "--json");
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        JsonArray files = new JsonObject(run.out()).getJsonArray("files");
        assertEquals(27, files.size());
        for (Object file : files) {
            byte[] content = Files.readAllBytes(Path.of(file.toString()));
            String head = new String(content, 0, 4, StandardCharsets.ISO_8859_1);
            assertTrue(List.of("<svg", "%PDF", "\u0089PNG").contains(head), file + " begins with " + head);
        }
        String page = Files.readString(home.resolve("out/index.html"));
        for (String expected : List.of(
                "Penguins",
                "Weather in Seattle",
                "Earthquakes",
                "flipper",
                "data:image/svg+xml;base64,",
                "charts/penguins-beaks.pdf")) {
            assertTrue(page.contains(expected), expected);
        }
        assertEquals(9, page.split("<figure>", -1).length - 1);
        assertEquals(3, page.split("<h3>Columns</h3>", -1).length - 1, "a profile for each data set");
    }

    /** One table in the three formats; the profile on the page is the same. */
    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "ndjson", "parquet"})
    void aFileOfOnesOwnInAnyFormatIsProfiledAndDrawn(String format) throws Exception {
        Path file = home.resolve("own." + format);
        switch (format) {
            case "csv" -> Files.writeString(file, BIRDS);
            case "json" ->
                Files.writeString(
                        file,
                        "[{\"species\":\"adelie\",\"mass\":3700},{\"species\":\"gentoo\",\"mass\":5000},{\"species\":\"adelie\",\"mass\":3900}]");
            case "ndjson" ->
                Files.writeString(
                        file,
                        "{\"species\":\"adelie\",\"mass\":3700}\n{\"species\":\"gentoo\",\"mass\":5000}\n{\"species\":\"adelie\",\"mass\":3900}\n");
            default -> writeParquet();
        }
        CliRun demo = Child.run(home, "demo", "--data", file.getFileName().toString(), "--out", "a/b & c");
        assertEquals(ExitCode.OK, demo.exitCode(), demo.err());
        String page = Files.readString(home.resolve("a/b & c/index.html"));
        assertEquals(1, page.split("<h3>Columns</h3>", -1).length - 1);
        for (String expected : List.of(
                "species",
                "mass",
                "3,900", // the median
                "<code>./dataprism pipeline run &#39;a/b &amp; c/pipeline.yaml&#39;</code>")) {
            assertTrue(page.contains(expected), expected);
        }
        assertTrue(Files.exists(home.resolve("a/b & c/charts/bar-species-mass.svg")), "the chart");
    }

    /** The plugins write it themselves. */
    private void writeParquet() throws Exception {
        Files.writeString(home.resolve("to-parquet.yaml"), """
                version: 1
                name: to-parquet
                steps:
                  - name: open
                    plugin: files
                    call: connect
                    with: {config: {path: "${pipeline.folder}"}}
                  - name: load
                    plugin: files
                    call: fetch
                    with: {connection: "${steps.open.connection}", query: {path: birds.csv}}
                  - name: save
                    plugin: files
                    call: sync
                    with: {connection: "${steps.open.connection}", data: "${steps.load.data}", config: {path: own.parquet}}
                """);
        CliRun written = Child.run(home, "pipeline", "run", "to-parquet.yaml");
        assertEquals(ExitCode.OK, written.exitCode(), written.err());
    }

    @Test
    void theDemoSaysWhatToTryNext() throws Exception {
        CliRun demo = Child.run(home, "demo");
        assertTrue(demo.out().endsWith("""
                                Next: charts of a file of yours   ./dataprism demo --data my.csv
                                      a question in SQL           ./dataprism query 'SELECT * FROM data LIMIT 5' my.csv
                                      a plugin of your own        ./dataprism plugins new my-plugin
                                """), demo.out());
    }

    @Test
    void aFileOfOnesOwnBecomesChartsAndAPipelineThatRunsAgain() throws Exception {
        StringBuilder many = new StringBuilder("species,mass,length\n");
        for (int i = 0; i < 120; i++) {
            many.append(List.of("adelie", "gentoo", "chinstrap").get(i % 3))
                    .append(',')
                    .append(3000 + 17 * i % 2000)
                    .append(',')
                    .append(30 + i % 29)
                    .append('\n');
        }
        Files.writeString(home.resolve("many.csv"), many);
        CliRun demo = Child.run(home, "demo", "--data", "many.csv", "--out", "mine");
        assertEquals(ExitCode.OK, demo.exitCode(), demo.err());
        assertTrue(Files.exists(home.resolve("mine/index.html")));
        assertTrue(Files.list(home.resolve("mine/charts")).count() >= 3);
        assertTrue(demo.out().contains("Next: edit mine/pipeline.yaml"), demo.out());
        Map<String, String> onATerminal = Map.of("JAVA_TOOL_OPTIONS", "-Ddataprism.terminal=err");
        try (Child child =
                Child.start(home, onATerminal, "pipeline", "run", "mine/pipeline.yaml", "--out", "again", "--json")) {
            CliRun again = child.end();
            assertEquals(ExitCode.OK, again.exitCode(), again.err());
            assertTrue(again.out().contains("\"plugin\" : \"charts\""), again.out());
            assertTrue(again.err().matches("(?s).*\rmany.csv +\\d+% \\[.*charts (render|export) .*"), again.err());
            assertTrue(again.err().endsWith("\r\u001b[K"), "the bar is taken away at the end");
        }
        CliRun piped = Child.run(home, "pipeline", "run", "mine/pipeline.yaml", "--out", "again");
        assertEquals("", piped.err(), "no bar where nobody sees it");
        assertTrue(piped.out().startsWith("STEP "), piped.out());
    }

    @Test
    void aTableOfThreeRowsIsDrawnAsABarEach() throws Exception {
        CliRun demo = Child.run(home, "demo", "--data", "birds.csv", "--out", "mine");
        assertEquals(ExitCode.OK, demo.exitCode(), demo.err());
        assertTrue(Files.readString(home.resolve("mine/charts/bar-species-mass.svg"))
                .contains("gentoo"));
        String pipeline = Files.readString(home.resolve("mine/pipeline.yaml"));
        assertTrue(pipeline.contains("input: ${pipeline.folder}/../birds.csv"), pipeline);
    }

    @Test
    void aPipelineThatWasEditedIsKeptWhereTheDemoMakesItAgain() throws Exception {
        Child.run(home, "demo", "--data", "birds.csv", "--out", "mine");
        Path pipeline = home.resolve("mine/pipeline.yaml");
        String made = Files.readString(pipeline);
        CliRun same = Child.run(home, "demo", "--data", "birds.csv", "--out", "mine");
        assertEquals(ExitCode.OK, same.exitCode(), same.err());
        assertTrue(Files.notExists(home.resolve("mine/pipeline.1.yaml")), "what is the same is nobody's work");
        Files.writeString(pipeline, made + "# mine\n");
        CliRun unreadable =
                Child.run(home, "demo", "--data", "birds.csv", "--option", "encoding=none", "--out", "mine");
        assertTrue(unreadable.exitCode() != ExitCode.OK, unreadable.out());
        assertEquals(made + "# mine\n", Files.readString(pipeline), "a demo that fails changes nothing of it");
        CliRun again = Child.run(home, "demo", "--data", "birds.csv", "--out", "mine");
        assertTrue(
                again.err()
                        .contains(
                                "The pipeline that lay there before was another one, and is mine/pipeline.1.yaml now.\n"),
                again.err());
        assertEquals(made + "# mine\n", Files.readString(home.resolve("mine/pipeline.1.yaml")));
        assertEquals(made, Files.readString(pipeline));
        try (var files = Files.list(home.resolve("mine"))) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".part.yaml")));
        }
    }

    @Test
    void aQueryIsAnsweredAsTableJsonAndCsv() throws Exception {
        String sql = "SELECT species, avg(mass) AS mass, count(*) AS n FROM birds GROUP BY 1 ORDER BY 1";
        assertEquals(
                "species  mass  n\nadelie   3800  2\ngentoo   5000  1\n",
                Child.run(home, "query", sql, "birds.csv").out());
        assertEquals(
                "[{\"species\":\"adelie\",\"mass\":3800.0,\"n\":2},\n {\"species\":\"gentoo\",\"mass\":5000.0,\"n\":1}]\n",
                Child.run(home, "query", sql, "birds.csv", "--json").out());
        assertEquals(
                "species,mass,n\nadelie,3800,2\ngentoo,5000,1\n",
                Child.run(home, "query", sql, "birds.csv", "--csv").out());
    }

    @Test
    void theConfigurationsThatComeWithItAreInOrder() throws Exception {
        Path compose = Path.of(System.getProperty("dist"), "conf", "compose");
        try (Child check = Child.start(
                home,
                Map.of("DATAPRISM_TOKEN", "0123456789abcdef0"),
                "config",
                "check",
                "--conf",
                compose.toString())) {
            CliRun run = check.end();
            assertEquals("ok  " + compose + ": 2 plugins\n", run.out(), run.err());
            assertEquals(ExitCode.OK, run.exitCode());
        }
        CliRun usual =
                Child.run(home, "config", "check", "--conf", compose.getParent().toString());
        assertEquals("ok  " + compose.getParent() + ": 3 plugins\n", usual.out(), usual.err());
    }

    /** The same proportion as a file of 1 GB on a heap of 700 MB: what is read must not go through the heap. */
    @Test
    void aFileLargerThanTheHeapIsRead() throws Exception {
        Path big = home.resolve("big.csv");
        long rows = 0;
        try (BufferedWriter out = Files.newBufferedWriter(big)) {
            out.write("id,name,amount\n");
            for (long written = 0; written < 96 << 20; rows++) {
                String row = rows + ",a name that comes back " + rows % 1000 + "," + rows % 100 + ".25\n";
                out.write(row);
                written += row.length();
            }
        }
        try (Child query = Child.start(
                home,
                Map.of("JAVA_TOOL_OPTIONS", "-Xmx64m"),
                "query",
                "SELECT count(*) AS n FROM data",
                "big.csv",
                "--csv")) {
            CliRun run = query.end();
            assertEquals("n\n" + rows + "\n", run.out(), run.err());
        }
    }

    @Test
    void aFailingStepIsNamedWithItsCauseAndWhatWasKept() throws Exception {
        Files.writeString(home.resolve("p.yaml"), """
                version: 1
                name: birds
                steps:
                  - {name: open, plugin: files, call: connect, with: {config: {path: "${pipeline.folder}/birds.csv"}}}
                  - {name: load, plugin: files, call: fetch, with: {connection: "${steps.open.connection}"}, save: load.json}
                  - {name: wrong, plugin: tables, call: transform, with: {data: "${steps.load.data}", config: {sql: SELECT nothing FROM data}}}
                """);
        CliRun run = Child.run(home, "pipeline", "run", "p.yaml");
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(
                run.err().startsWith("error DP-1420: Pipeline 'birds' failed at step 'wrong' (tables.transform): DP-"),
                run.err());
        assertTrue(
                run.err().contains("2 steps before it were done. Kept: " + home.resolve("out/load.json")), run.err());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void tellsWhatIsWrong(String name, int exitCode, String expected, String[] command) throws Exception {
        Files.writeString(home.resolve("empty.csv"), "");
        Files.writeString(home.resolve("ragged.csv"), "a,b\n1,2\n1,2,3,4\n5,6\n");
        Files.writeString(home.resolve("header.csv"), "a,b\n");
        Files.writeString(home.resolve("words.csv"), "note,other\nhello there,x y z\nsomething,else q\n");
        Files.writeString(home.resolve("broken.jar"), "PK no zip");
        CliRun run = Child.run(home, command);
        assertTrue(run.err().contains(expected.replace("<home>", home.toString())), run.err());
        assertEquals(exitCode, run.exitCode());
    }

    static List<Arguments> wrong() {
        return List.of(
                wrong("no file", 3, "error DP-0903: File ", "query", "SELECT 1", "none.csv"),
                wrong(
                        "a folder for a demo",
                        3,
                        "error DP-0903: <home> is a folder: expected a file. Name one in it.\n",
                        "demo",
                        "--data",
                        "."),
                wrong(
                        "empty CSV",
                        3,
                        "error DP-0750: Files: <home>/empty.csv is empty (0 bytes). Check whether it was written to the end.\n",
                        "query",
                        "SELECT * FROM data",
                        "empty.csv"),
                wrong(
                        "empty CSV for a demo",
                        3,
                        "error DP-0750: Files: <home>/empty.csv is empty (0 bytes). Check whether it was written to the end.\n",
                        "demo",
                        "--data",
                        "empty.csv"),
                wrong(
                        "CSV of a header alone for a demo",
                        3,
                        "error DP-1424: No chart was drawn: header.csv has columns but no rows. Check whether it was written to the end.\n",
                        "demo",
                        "--data",
                        "header.csv"),
                wrong(
                        "CSV of words for a demo",
                        1,
                        "error DP-1424: No chart was drawn: no column of words.csv is a number, a time, or a text whose values come back."
                                + " Its profile is in out/index.html. Add a chart of your own to out/pipeline.yaml, then"
                                + "  ./dataprism pipeline run out/pipeline.yaml\n",
                        "demo",
                        "--data",
                        "words.csv"),
                wrong("ragged CSV", 3, """
                        error DP-0718: Tables: <home>/ragged.csv has 1 row that does not fit:
                          line 3: Expected Number of Columns: 2 Found: 3: 1,2,3,4
                        Mend them, or set badRows to 'skip' (leave them out and report them) or 'pad' (fill up short ones).
                        Here: --option badRows=skip, or --option badRows=pad
                        """, "query", "SELECT * FROM data", "ragged.csv"),
                wrong(
                        "wrong SQL",
                        3,
                        "error DP-0712: Tables: the SQL cannot be read: syntax error at or near \"SELEC\" (character 1). Check it near there.\n",
                        "query",
                        "SELEC * FROM data",
                        "birds.csv"),
                wrong(
                        "SQL that asks a table of no file",
                        3,
                        "error DP-0710: Tables: the SQL names 'brids', which is none of its inputs. Did you mean 'birds'?",
                        "query",
                        "SELECT * FROM brids",
                        "birds.csv"),
                wrong(
                        "SQL that reads files",
                        3,
                        "error DP-0713",
                        "query",
                        "SELECT * FROM read_csv('birds.csv')",
                        "birds.csv"),
                wrong("no pipeline", 3, "error DP-0903: File ", "pipeline", "run", "none.yaml"),
                wrong(
                        "broken jar",
                        3,
                        "broken.jar: DP-0204 The file is no readable jar",
                        "plugins",
                        "check",
                        "broken.jar"),
                wrong(
                        "broken jar to install",
                        3,
                        "error DP-0204: <home>/broken.jar: The file is no readable jar",
                        "plugins",
                        "install",
                        "broken.jar"),
                wrong(
                        "no jar to install",
                        3,
                        "error DP-0203: Artifact <home>/none.jar can't be read: there is no such file or folder.",
                        "plugins",
                        "install",
                        "none.jar"),
                wrong(
                        "nothing to remove",
                        1,
                        "error DP-0201: Plugin not found: none. 'plugins list' shows what is installed; 'plugins install' adds to it.",
                        "plugins",
                        "remove",
                        "none"),
                wrong("no jar", 3, "error DP-0903: There is no artifact at ", "plugins", "check", "none.jar"),
                wrong("no node", 4, "error DP-0930: No node runs on the data folder ", "plugins", "why", "tables"),
                wrong("no option", 2, "Unknown options: '--outt'", "demo", "--outt", "x"),
                wrong(
                        "output is a file",
                        1,
                        "error DP-1423: File ",
                        "demo",
                        "--data",
                        "birds.csv",
                        "--out",
                        "birds.csv"));
    }

    private static Arguments wrong(String name, int exitCode, String expected, String... command) {
        return Arguments.of(name, exitCode, expected, command);
    }
}
