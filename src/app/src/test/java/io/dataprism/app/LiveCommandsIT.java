package io.dataprism.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every {@code plugins …} command against one node in a process of its own; then how it is made to end. */
class LiveCommandsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** So deep that the control socket does not fit into it. */
    private static final String DEEP = "a-data-folder-whose-path-is-rather-long/".repeat(4) + "data";

    @TempDir
    Path home;

    private Path data;

    @Test
    void eachCommandSpeaksToTheRunningNode() throws Exception {
        data = home.resolve(DEEP);
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(
                home.resolve("conf/kernel.yaml"), "version: 1\nnode: {data: ../" + DEEP + ", close-within: 50s}\n");
        try (Child node = start()) {
            installs();
            startsAndTells();
            reloads();
            tellsWhatElseGoesDown();
            removes();
            aSecondSignalEndsIt(node);
        }
        whatWasInstalledIsStillThere();
        try (Child again = start()) {
            assertEquals(
                    "greeter 0.4.0 is running.\n", plugins("start", "greeter").out());
            again.kill();
            assertEquals(137, again.end().exitCode());
        }
        try (Child after = start()) {
            after.terminate();
            assertEquals(ExitCode.OK, after.end().exitCode(), after.err());
        }
    }

    private Child start() throws Exception {
        Child node = Child.start(home, Map.of(), "run");
        await().atMost(SOON).until(() -> node.out().contains("Node 'local' runs") || !node.isAlive());
        assertTrue(node.isAlive(), node.err());
        return node;
    }

    private CliRun plugins(String command, String... more) {
        String[] words = new String[more.length + 4];
        words[0] = "plugins";
        words[1] = command;
        System.arraycopy(more, 0, words, 2, more.length);
        words[more.length + 2] = "--data";
        words[more.length + 3] = data.toString();
        return CliRun.of(words);
    }

    private String path(String jar) {
        return home.resolve(jar).toString();
    }

    private void installs() {
        NodePlugin.greeter(home.resolve("one.jar"), "0.1.0");
        assertEquals(
                "PLUGIN  VERSION  STATE  CATEGORY  ABOUT\n", plugins("list").out());
        assertEquals("[ ]\n", plugins("list", "--json").out());
        assertEquals(
                "Installed greeter 0.1.0 in " + data + ". Start it with: ./dataprism plugins start greeter\n",
                plugins("install", path("one.jar")).out());
        assertEquals(
                "PLUGIN   VERSION  STATE      CATEGORY  ABOUT\ngreeter  0.1.0    installed  utility   Greets.\n",
                plugins("list").out());
        CliRun wrong = plugins("install", path("one.jar"), "--sha256", "0".repeat(64));
        assertEquals(ExitCode.BAD_INPUT, wrong.exitCode(), wrong.err());
        assertTrue(wrong.err().startsWith("error DP-0209: "), wrong.err());
    }

    private void startsAndTells() {
        assertEquals("greeter 0.1.0 is running.\n", plugins("start", "greeter").out());
        String info = plugins("info", "greeter").out();
        assertTrue(
                info.startsWith("id            greeter\nversion       0.1.0\nstate         running\nsince         "),
                info);
        assertTrue(info.contains("\ncapabilities  greet\ndependencies  none\n"), info);
        assertEquals(
                "running", new JsonObject(plugins("info", "greeter", "--json").out()).getString("state"));
        String why = plugins("why", "greeter").out();
        assertTrue(why.startsWith("'greeter' 0.1.0 runs: "), why);
        String lag = plugins("lag", "greeter").out();
        assertTrue(lag.startsWith("ID       WAITING  BYTES  HELD  OLDEST MS  REFUSED  DROPPED"), lag);
        assertTrue(lag.contains("\n  calls"), lag);
        assertEquals(
                0,
                new JsonObject(plugins("lag", "--json").out())
                        .getJsonArray("plugins")
                        .getJsonObject(0)
                        .getInteger("waiting"));
        assertEquals("greeter 0.1.0 is stopped.\n", plugins("stop", "greeter").out());
        assertEquals("greeter 0.1.0 is running.\n", plugins("start", "greeter").out());
        assertEquals("greeter 0.1.0 is running.\n", plugins("reload", "greeter").out());
    }

    private void reloads() {
        NodePlugin.greeter(home.resolve("two.jar"), "0.2.0");
        NodePlugin.failing(home.resolve("three.jar"), "0.3.0");
        assertEquals(
                "greeter 0.2.0 is running.\n",
                plugins("reload", "greeter", "--source", path("two.jar")).out());
        CliRun other = plugins("reload", "greeter", "--source", path("three.jar"), "--sha256", "0".repeat(64));
        assertEquals(ExitCode.BAD_INPUT, other.exitCode(), other.err());
        assertTrue(other.err().startsWith("error DP-0209: "), other.err());
        CliRun failed = plugins("reload", "greeter", "--source", path("three.jar"));
        assertEquals(ExitCode.FAILED, failed.exitCode());
        assertTrue(failed.err().startsWith("error DP-0824: "), failed.err());
        assertTrue(failed.err().contains("no greeting today"), failed.err());
        JsonObject plugin = new JsonArray(plugins("list", "--json").out()).getJsonObject(0);
        assertEquals("0.2.0 running", plugin.getString("version") + " " + plugin.getString("state"));
    }

    private void tellsWhatElseGoesDown() {
        NodePlugin.guests(home.resolve("guests.jar"));
        assertEquals(ExitCode.OK, plugins("install", path("guests.jar")).exitCode());
        assertEquals("guests 1.0.0 is running.\n", plugins("start", "guests").out());
        CliRun stop = plugins("stop", "greeter");
        assertEquals("greeter 0.2.0 is stopped.\n", stop.out());
        assertEquals("Stopped with it: guests. They start again when it does.\n", stop.err());
        assertTrue(
                plugins("list")
                        .out()
                        .contains(
                                " utility   Plugin 'guests' waits: it requires 'greeter', which was stopped. Start it."),
                () -> plugins("list").out());
        assertEquals("greeter 0.2.0 is running.\n", plugins("start", "greeter").out());
        await().atMost(SOON).until(() -> plugins("info", "guests").out().contains("state         running"));
        JsonObject told = new JsonObject(plugins("stop", "greeter", "--json").out());
        assertEquals(new JsonArray().add("guests"), told.getJsonArray("alsoStopped"));
        assertEquals(ExitCode.OK, plugins("start", "greeter").exitCode());
        await().atMost(SOON).until(() -> plugins("info", "guests").out().contains("state         running"));
    }

    private void removes() {
        CliRun removed = plugins("remove", "greeter");
        assertEquals("Removed greeter from " + data + ".\n", removed.out());
        assertEquals("Stopped with it: guests. They wait until it is installed again.\n", removed.err());
        assertEquals(
                "Removed guests from " + data + ".\n",
                plugins("remove", "guests").out());
        CliRun gone = plugins("info", "greeter");
        assertEquals(ExitCode.FAILED, gone.exitCode());
        assertEquals(
                "error DP-0201: Plugin not found: greeter. 'plugins list' shows what is installed; 'plugins install' adds to it.\n",
                gone.err());
        assertEquals(ExitCode.FAILED, plugins("start", "greeter").exitCode());
        JsonObject told = new JsonObject(plugins("info", "greeter", "--json").out()).getJsonObject("error");
        assertEquals("DP-0201", told.getString("code"));
        assertEquals(ExitCode.FAILED, told.getInteger("exitCode"));
    }

    private void aSecondSignalEndsIt(Child node) throws Exception {
        NodePlugin.stubborn(home.resolve("four.jar"), "0.4.0");
        assertEquals(ExitCode.OK, plugins("install", path("four.jar")).exitCode());
        assertEquals("greeter 0.4.0 is running.\n", plugins("start", "greeter").out());
        node.terminate();
        await().atMost(SOON).until(() -> node.err().contains("plugin greeter running -> stopping"));
        assertTrue(node.isAlive());
        node.terminate();
        assertEquals(143, node.end().exitCode());
    }

    private void whatWasInstalledIsStillThere() {
        CliRun list = plugins("list");
        assertEquals(
                "PLUGIN   VERSION  STATE      CATEGORY  ABOUT\ngreeter  0.4.0    installed  utility   Greets.\n",
                list.out());
        assertEquals("No node runs on " + data + "; this is what is installed there.\n", list.err());
        assertEquals(ExitCode.NO_NODE, plugins("start", "greeter").exitCode());
        assertFalse(list.err().contains("DP-"));
    }
}
