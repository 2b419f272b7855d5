package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plugins check} shows of what a plugin's classes reach for. */
class PluginsCheckTest {
    private static final String SOURCE = """
            package org.example;
            public class Main {
                void run(String name) throws Exception {
                    java.nio.file.Files.readString(java.nio.file.Path.of("data/in.csv"));
                    java.nio.file.Files.delete(java.nio.file.Path.of(name));
                    new java.net.Socket("db.example.com", 5432).close();
                    new java.net.Socket("evil.example.com", 80).close();
                    System.exit(1);
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path plugin(String source, String permissions) {
        return new CompiledJar()
                .source(source)
                .file("plugin.yaml", """
                        id: greeter
                        version: 1.0.0
                        main: org.example.Main
                        api: "*"
                        category: utility
                        description: Greets <b>everybody</b>
                        capabilities: [greet]
                        permissions: %s
                        """.formatted(permissions))
                .build(folder.resolve("greeter.jar"));
    }

    private Path greedy() {
        return plugin(
                SOURCE,
                "[{permission: \"file-access:read:data/**\", reason: Reads the data}, {permission:"
                        + " \"network-access:tcp://db.example.com:5432\", reason: \"Asks <i>the</i> database\"}]");
    }

    @Test
    void showsWhatWasFoundBesideWhatIsAskedFor() {
        CliRun run = CliRun.of("plugins", "check", greedy().toString());
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        assertEquals(
                List.of(
                        "Found in 1 class in 1 jar:",
                        "",
                        "permission         places  asked for                                          first in                by",
                        "file-access:read        1  yes                                                org.example.Main.run:4  java.nio.file.Files.readString read:data/in.csv",
                        "file-access:write       1  no                                                 org.example.Main.run:5  java.nio.file.Files.delete",
                        "network-access          2  in part: network-access:tcp://db.example.com:5432  org.example.Main.run:6  new java.net.Socket tcp://db.example.com:5432",
                        "                                                                              org.example.Main.run:7  new java.net.Socket tcp://evil.example.com:80",
                        "never                   1  no                                                 org.example.Main.run:8  java.lang.System.exit (it ends the node)"),
                run.out().lines().dropWhile(line -> !line.startsWith("Found")).toList());
        List<String> warnings = run.err().lines().toList();
        assertEquals(3, warnings.size(), run.err());
        assertTrue(
                warnings.get(0)
                        .endsWith(
                                "warning: DP-0277 Its code takes 'file-access:write' (1 place, first in org.example.Main.run:5), and the"
                                        + " manifest does not ask for it. Ask for it under 'permissions' with a reason, or do without it."),
                warnings.get(0));
        assertTrue(
                warnings.get(1)
                        .contains(
                                "and the manifest does not ask for all of it: network-access:tcp://evil.example.com:80."),
                warnings.get(1));
        assertTrue(warnings.get(2).contains("DP-0278 Its code reaches for what no permission gives"), warnings.get(2));
    }

    @Test
    void strictEndsWithThreeOnlyWhereSomethingIsNotAskedFor() {
        assertEquals(
                ExitCode.BAD_INPUT,
                CliRun.of("plugins", "check", "--strict", greedy().toString()).exitCode());
        Path modest = plugin(
                "package org.example; public class Main { String run() throws Exception {"
                        + " return java.nio.file.Files.readString(java.nio.file.Path.of(\"x\")); } }",
                "[{permission: \"file-access:read\", reason: Reads}]");
        CliRun run = CliRun.of("plugins", "check", "--strict", modest.toString());
        assertEquals(ExitCode.OK, run.exitCode(), run.err() + run.out());
        assertEquals("", run.err());
    }

    @Test
    void aPluginThatReachesForNothingIsToldSo() {
        Path pure = plugin("package org.example; public class Main {}", "[]");
        CliRun run = CliRun.of("plugins", "check", "--strict", pure.toString());
        assertEquals(ExitCode.OK, run.exitCode());
        assertTrue(run.out().endsWith("In 1 class in 1 jar nothing was found that takes a permission.\n"), run.out());
    }

    @Test
    void whatSpeaksAgainstAnArtifactEndsWithThree() {
        Path jar = new CompiledJar()
                .source("package org.example; public class Main {}")
                .attribute("Premain-Class", "org.example.Main")
                .file("plugin.yaml", "{id: agent, version: 1.0.0, main: org.example.Main, api: '*', category: utility}")
                .build(folder.resolve("agent.jar"));
        CliRun run = CliRun.of("plugins", "check", jar.toString());
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.out());
        assertTrue(run.err().contains("agent.jar!/META-INF/MANIFEST.MF: DP-0273 'Premain-Class' asks to"), run.err());
        assertTrue(run.out().startsWith("refused  agent 1.0.0"), run.out());
        JsonObject json = new JsonObject(
                CliRun.of("plugins", "check", "--json", jar.toString()).out());
        assertFalse(json.getBoolean("ok"));
        assertEquals("DP-0273", json.getJsonArray("problems").getJsonObject(0).getString("code"));
    }

    @Test
    void asJsonEachFindingHasItsPlaces() {
        CliRun run = CliRun.of("plugins", "check", "--json", greedy().toString());
        assertEquals(ExitCode.OK, run.exitCode());
        JsonObject json = new JsonObject(run.out());
        assertTrue(json.getBoolean("ok"));
        JsonObject first = json.getJsonArray("found").getJsonObject(0);
        assertEquals("file-access:read", first.getString("permission"));
        assertEquals(true, first.getBoolean("asked"));
        JsonObject finding = first.getJsonArray("findings").getJsonObject(0);
        assertEquals("file-access:read:data/in.csv", finding.getString("permission"));
        assertEquals(
                new JsonObject("{\"jar\":\"\",\"class\":\"org.example.Main\",\"method\":\"run\",\"line\":4}"),
                finding.getJsonArray("places").getJsonObject(0));
    }

    @Test
    void writesReportsInEachForm() throws Exception {
        Path html = folder.resolve("r.html");
        Path sarif = folder.resolve("r.sarif");
        Path json = folder.resolve("r.json");
        CliRun run = CliRun.of(
                "plugins",
                "check",
                greedy().toString(),
                "--report",
                "html",
                html.toString(),
                "--report",
                "sarif",
                sarif.toString(),
                "--report",
                "json",
                json.toString());
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        assertEquals("greeter", new JsonObject(Files.readString(json)).getString("plugin"));
        isSarif(new JsonObject(Files.readString(sarif)));
        assertEquals(List.of(), againstTheSchema(Files.readString(sarif)));
        String page = Files.readString(html);
        assertTrue(page.contains("Greets &lt;b&gt;everybody&lt;/b&gt;"), "the plugin's words are text");
        assertTrue(page.contains("Asks &lt;i&gt;the&lt;/i&gt; database"));
        assertTrue(page.contains("org.example.Main.run:5"));
        assertFalse(page.contains("{{"), page);
        assertFalse(page.matches("(?s).*(src|href)=.*"), "it needs nothing else");
    }

    /** What the schema of SARIF 2.1.0, as OASIS publishes it, says against {@code sarif}. */
    private static List<String> againstTheSchema(String sarif) throws IOException {
        try (InputStream in = PluginsCheckTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(in);
            return schema
                    .validate(
                            sarif,
                            InputFormat.JSON,
                            check -> check.executionConfig(config -> config.formatAssertionsEnabled(true)))
                    .stream()
                    .map(Object::toString)
                    .toList();
        }
    }

    private String sarif(Path jar, int exitCode) throws IOException {
        Path sarif = folder.resolve(jar.getFileName() + ".sarif");
        CliRun run = CliRun.of("plugins", "check", jar.toString(), "--report", "sarif", sarif.toString());
        assertEquals(exitCode, run.exitCode(), run.err());
        return Files.readString(sarif);
    }

    @Test
    void sarifIsInOrderByItsSchemaWhateverIsTold() throws Exception {
        Path library = new CompiledJar()
                .source("package lib; public class Deep { public static void end() { System.exit(1); } }")
                .build(folder.resolve("a library.jar"));
        Path refused = new CompiledJar()
                .source("package org.example; public class Main {}")
                .attribute("Premain-Class", "org.example.Main")
                .file("lib/a library.jar", Files.readAllBytes(library))
                .file("plugin.yaml", "{id: agent, version: 1.0.0, main: org.example.Main, api: '*', category: utility}")
                .build(folder.resolve("agent.jar"));
        String told = sarif(refused, ExitCode.BAD_INPUT);
        assertTrue(told.contains("a%20library.jar") && told.contains("DP-0273"), told);
        assertEquals(List.of(), againstTheSchema(told));
        Path pure = plugin("package org.example; public class Main {}", "[]");
        assertEquals(List.of(), againstTheSchema(sarif(pure, ExitCode.OK)));
        // What is not in order is seen.
        assertEquals(
                1, againstTheSchema(told.replaceFirst("\"error\"", "\"grave\"")).size());
        assertFalse(againstTheSchema("{}").isEmpty());
    }

    /** What is in it. */
    private static void isSarif(JsonObject log) {
        assertEquals("2.1.0", log.getString("version"));
        assertEquals(1, log.getJsonArray("runs").size());
        JsonObject run = log.getJsonArray("runs").getJsonObject(0);
        JsonObject driver = run.getJsonObject("tool").getJsonObject("driver");
        assertEquals("DataPrism", driver.getString("name"));
        List<String> rules = new ArrayList<>();
        for (Object rule : driver.getJsonArray("rules")) {
            rules.add(((JsonObject) rule).getString("id"));
            assertFalse(((JsonObject) rule)
                    .getJsonObject("shortDescription")
                    .getString("text")
                    .isEmpty());
        }
        JsonArray results = run.getJsonArray("results");
        assertEquals(5, results.size());
        for (int i = 0; i < results.size(); i++) {
            JsonObject result = results.getJsonObject(i);
            assertTrue(rules.contains(result.getString("ruleId")));
            assertTrue(List.of("note", "warning", "error").contains(result.getString("level")));
            assertFalse(result.getJsonObject("message").getString("text").isEmpty());
            JsonObject physical =
                    result.getJsonArray("locations").getJsonObject(0).getJsonObject("physicalLocation");
            assertEquals(
                    "org/example/Main.java",
                    URI.create(physical.getJsonObject("artifactLocation").getString("uri"))
                            .getPath());
            assertTrue(physical.getJsonObject("region").getInteger("startLine") >= 4);
        }
        assertEquals("note", results.getJsonObject(0).getString("level"));
        assertEquals("warning", results.getJsonObject(1).getString("level"));
    }

    @Test
    void aFormThatThereIsNotIsAWrongCommandLine() {
        CliRun run = CliRun.of(
                "plugins",
                "check",
                greedy().toString(),
                "--report",
                "pdf",
                folder.resolve("x").toString());
        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(
                run.err()
                        .contains(
                                "error DP-0921: There is no report of the form 'pdf': expected one of json, sarif, html"),
                run.err());
        CliRun nowhere = CliRun.of(
                "plugins",
                "check",
                greedy().toString(),
                "--report",
                "json",
                folder.resolve("no/where").toString());
        assertEquals(ExitCode.FAILED, nowhere.exitCode());
        assertTrue(nowhere.err().contains("error DP-1423: File "), nowhere.err());
    }

    private Path modest(String file, String text) {
        return new CompiledJar()
                .source("package org.example; public class Main {}")
                .file(
                        "plugin.yaml",
                        "id: greeter\nversion: 1.0.0\nmain: org.example.Main\napi: '*'\ncategory: utility\n")
                .file(file, text)
                .build(folder.resolve("modest.jar"));
    }

    @Test
    void whatItSaysThatItHoldsIsShownAndLookedUp() throws IOException {
        String jar = modest(
                        "META-INF/sbom/bom.json",
                        "{\"bomFormat\": \"CycloneDX\", \"components\": [{\"purl\": \"pkg:maven/org.example/lib@1.2\"}]}")
                .toString();
        CliRun alone = CliRun.of("plugins", "check", jar, "--strict");
        assertEquals(ExitCode.OK, alone.exitCode(), alone.err());
        assertTrue(alone.out().contains("    holds   1 library, says META-INF/sbom/bom.json\n"), alone.out());
        Path known = Files.writeString(folder.resolve("osv.json"), """
                {"id": "GHSA-x", "summary": "Reads too much", "affected": [{
                  "package": {"ecosystem": "Maven", "name": "org.example:lib"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.0"}, {"fixed": "1.3"}]}]}]}
                """);
        CliRun told = CliRun.of("plugins", "check", jar, "--advisories", known.toString());
        assertEquals(ExitCode.OK, told.exitCode(), told.err());
        assertTrue(
                told.out().contains("    holds   org.example:lib 1.2: GHSA-x Reads too much, mended in 1.3\n"),
                told.out());
        assertTrue(told.err().contains("warning: DP-0941 "), told.err());
        CliRun strict = CliRun.of("plugins", "check", jar, "--advisories", known.toString(), "--strict");
        assertEquals(ExitCode.BAD_INPUT, strict.exitCode());
        CliRun json = CliRun.of("plugins", "check", jar, "--advisories", known.toString(), "--json");
        assertEquals(
                "1.3",
                new JsonObject(json.out())
                        .getJsonObject("bom")
                        .getJsonArray("vulnerabilities")
                        .getJsonObject(0)
                        .getJsonArray("fixedIn")
                        .getString(0));
        assertEquals(
                ExitCode.BAD_INPUT,
                CliRun.of("plugins", "check", jar, "--advisories", "none.zip").exitCode());
    }

    @Test
    void aBrokenSignatureIsRefused() {
        CliRun run = CliRun.of(
                "plugins",
                "check",
                modest("META-INF/X.SF", "Signature-Version: 1.0\n").toString());
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.err());
        assertTrue(run.err().contains("DP-0935 Its signature is broken: it has signature files"), run.err());
    }
}
