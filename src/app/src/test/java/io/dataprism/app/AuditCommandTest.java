package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.permission.Permission;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit …} and {@code store …}, on a node that runs and on the data folder of one that does not. */
class AuditCommandTest {
    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private CliRun run(String... words) {
        return CliRun.of(Stream.concat(Arrays.stream(words), Stream.of("--data", data().toString()))
                .toArray(String[]::new));
    }

    /** A node runs, and somebody is granted something. */
    private ControlledNode node() throws Exception {
        ControlledNode node = new ControlledNode(data());
        assertEquals(
                ExitCode.OK,
                run("grants", "add", "weather", "threads", "--reason", "for the trial")
                        .exitCode());
        return node;
    }

    private static boolean may(ControlledNode node, String permission) {
        return node.kernel.grants().check(Caller.plugin(new PluginId("weather")), Permission.parse(permission));
    }

    private Path logFile() throws IOException {
        try (Stream<Path> files = Files.list(data().resolve("audit"))) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), all.toString());
            return all.get(0);
        }
    }

    private void alter(String from, String to) throws IOException {
        String text = Files.readString(logFile());
        assertTrue(text.contains(from));
        Files.writeString(logFile(), text.replace(from, to));
    }

    @Test
    void listShowsWhoDidWhatAndWhy() throws Exception {
        String shown;
        try (ControlledNode node = node()) {
            CliRun listed = run("audit", "list", "--plugin", "weather");
            assertEquals(ExitCode.OK, listed.exitCode(), listed.err());
            shown = listed.out().replaceAll("20[0-9-]+T[0-9:.]+Z", "TIME").replaceAll(" +", " ");
            assertEquals(
                    List.of(
                            "LINE AT WHO WHAT TARGET DECISION COUNT WHY",
                            "4 TIME operator grant plugin:weather threads done 1 holds for good; for the trial"),
                    shown.lines().map(String::strip).toList());
            assertEquals(
                    listed.out(),
                    run("audit", "list", "--text", "FOR THE TRIAL").out());
        }
        // The same when it does not run
        assertEquals(
                shown,
                run("audit", "list", "--plugin", "weather")
                        .out()
                        .replaceAll("20[0-9-]+T[0-9:.]+Z", "TIME")
                        .replaceAll(" +", " "));
        assertEquals(ExitCode.USAGE, run("audit", "list", "--since", "soon").exitCode());
        JsonObject json =
                new JsonObject(run("audit", "list", "--limit", "2", "--json").out());
        assertEquals(2, json.getJsonArray("lines").size());
        assertEquals("node-stopped", json.getJsonArray("lines").getJsonObject(1).getString("what"));
    }

    @Test
    void verifyFindsWhatWasAlteredWhileItRunsAndAfterwards() throws Exception {
        try (ControlledNode node = node()) {
            CliRun sound = run("audit", "verify");
            assertEquals(ExitCode.OK, sound.exitCode());
            assertEquals(
                    "The audit log is as it was written: 4 lines, 1 to 4, held against no heads: that its end is there can't be shown.\n",
                    sound.out());
            alter("for the trial", "for the thief");
            CliRun altered = run("audit", "verify");
            assertEquals(ExitCode.FAILED, altered.exitCode());
            assertTrue(
                    altered.out().startsWith("Line 4 (audit-000000000000000001.jsonl, line 4) was altered"),
                    altered.out());
        }
        CliRun altered = run("audit", "verify", "--json");
        assertEquals(ExitCode.FAILED, altered.exitCode());
        assertFalse(new JsonObject(altered.out()).getBoolean("sound"));
    }

    @Test
    void headsShowThatTheEndWasCut() throws Exception {
        Path heads = folder.resolve("heads.jsonl");
        try (ControlledNode node = node()) {
            JsonObject head = new JsonObject(run("audit", "head", "--json").out());
            Files.writeString(heads, head.put("node", "local").encode() + "\n");
            assertEquals(
                    head.getLong("sequence") + " " + head.getString("hash") + "\n",
                    run("audit", "head").out());
            CliRun sound = run("audit", "verify", "--heads", heads.toString());
            assertEquals(ExitCode.OK, sound.exitCode());
            assertTrue(sound.out().endsWith("held against 1 heads.\n"), sound.out());
        }
        List<String> lines = Files.readAllLines(logFile());
        Files.writeString(logFile(), String.join("\n", lines.subList(0, 3)) + "\n");
        assertEquals(ExitCode.OK, run("audit", "verify").exitCode());
        CliRun cut = run("audit", "verify", "--heads", heads.toString());
        assertEquals(ExitCode.FAILED, cut.exitCode());
        assertTrue(cut.out().startsWith("The log's end was cut off: the heads name line 4"), cut.out());
        assertEquals(
                ExitCode.BAD_INPUT,
                run("audit", "verify", "--heads", folder.resolve("none").toString())
                        .exitCode());
    }

    @Test
    void exportWritesTheLinesAsTheyStand() throws Exception {
        Path file = folder.resolve("log.jsonl");
        try (ControlledNode node = node()) {
            assertEquals(ExitCode.OK, run("audit", "export", file.toString()).exitCode());
            assertEquals(Files.readAllLines(logFile()), Files.readAllLines(file));
        }
        assertEquals(
                Files.readAllLines(logFile()),
                run("audit", "export", "-").out().lines().toList());
        CliRun again = run("audit", "export", file.toString());
        assertEquals(ExitCode.FAILED, again.exitCode());
        assertTrue(again.err().contains("DP-0859") && again.err().contains("something is there already"), again.err());
        assertEquals(
                1,
                run("audit", "export", "-", "--who", "operator").out().lines().count());
    }

    @Test
    void aBackupOfARunningNodeBringsGrantsBackAndLeavesTheAuditLog() throws Exception {
        Path backup = folder.resolve("node.backup");
        try (ControlledNode node = node()) {
            CliRun made = run("store", "backup", backup.toString());
            assertEquals(ExitCode.OK, made.exitCode(), made.err());
            assertTrue(run("store", "backup", backup.toString()).err().contains("DP-0857"));
            run("grants", "revoke", "weather", "threads");
            CliRun taken = run("store", "restore", backup.toString());
            assertEquals(ExitCode.TAKEN, taken.exitCode(), taken.err());
            assertFalse(may(node, "threads"));
        }
        CliRun restored = run("store", "restore", backup.toString());
        assertEquals(ExitCode.OK, restored.exitCode(), restored.err());
        assertTrue(restored.err().contains("The audit log is the one that was there."), restored.err());
        assertTrue(Files.exists(data().resolve("store-before-restore").resolve("store-1.db")));
        try (ControlledNode node = new ControlledNode(data())) {
            assertTrue(may(node, "threads"));
            String all = run("audit", "list").out();
            assertTrue(all.contains("store-restored") && all.contains("grant-ended"), all);
            assertEquals(ExitCode.OK, run("audit", "verify").exitCode());
        }
    }

    @Test
    void aBackupIsRestoredIntoAFolderThatIsNotThereWithItsAuditLog() throws Exception {
        Path backup = folder.resolve("node.backup");
        node().close();
        assertEquals(ExitCode.OK, run("store", "backup", backup.toString()).exitCode());
        List<String> lines = Files.readAllLines(logFile());
        Path other = folder.resolve("other");
        CliRun restored = CliRun.of("store", "restore", backup.toString(), "--data", other.toString());
        assertEquals(ExitCode.OK, restored.exitCode(), restored.err());
        assertTrue(restored.err().contains("The audit log is the backup's."), restored.err());
        try (ControlledNode node = new ControlledNode(other)) {
            assertTrue(may(node, "threads"));
        }
        CliRun verified = CliRun.of("audit", "verify", "--data", other.toString());
        assertEquals(ExitCode.OK, verified.exitCode(), verified.out());
        String exported =
                CliRun.of("audit", "export", "-", "--data", other.toString()).out();
        assertTrue(exported.startsWith(String.join("\n", lines)), exported);
    }

    @Test
    void whatIsNoBackupChangesNothing() throws Exception {
        node().close();
        Path wrong = folder.resolve("wrong");
        Files.writeString(wrong, "nothing");
        CliRun refused = run("store", "restore", wrong.toString());
        assertEquals(ExitCode.BAD_INPUT, refused.exitCode(), refused.err());
        assertTrue(refused.err().contains("DP-0858"), refused.err());
        try (ControlledNode node = new ControlledNode(data())) {
            assertTrue(may(node, "threads"));
        }
    }

    @Test
    void withoutADataFolderThereIsNoLog() {
        CliRun none = run("audit", "list");
        assertEquals(ExitCode.BAD_INPUT, none.exitCode());
        assertTrue(none.err().contains("DP-0852"), none.err());
        assertFalse(Files.exists(data()), "a question makes nothing");
    }
}
