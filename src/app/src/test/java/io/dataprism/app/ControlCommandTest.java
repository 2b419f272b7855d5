package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control operations that have no command of their own, on a running node. */
class ControlCommandTest {
    @TempDir
    Path data;

    private ControlledNode node;

    @BeforeEach
    void start() throws Exception {
        node = new ControlledNode(data);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private CliRun control(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "control";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--data";
        all[words.length + 2] = data.toString();
        return CliRun.of(all);
    }

    @Test
    void theOperatorMakesAChannelAndSeesIt() {
        CliRun made = control("channels:create", "name=desk", "participants=[greeter, user:ada]");
        assertEquals(ExitCode.OK, made.exitCode(), made.err());
        assertEquals(
                new JsonArray().add("greeter").add("operator").add("user:ada"),
                new JsonObject(made.out()).getJsonArray("participants"));
        JsonObject listed = new JsonObject(control("channels:list", "--json").out());
        assertEquals(new JsonObject(made.out()), listed.getJsonArray("channels").getJsonObject(0));
        assertEquals(
                "{\n  \"name\" : \"desk\"\n}\n",
                control("channels:close", "name=desk").out());
    }

    @Test
    void numbersAreNumbers() {
        CliRun run = control("dead:show", "number=7");
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(run.err().startsWith("error DP-0452: "), run.err());
    }

    @Test
    void whatIsNoOperationIsTold() {
        CliRun unknown = control("plugins:burn");
        assertEquals(ExitCode.FAILED, unknown.exitCode());
        assertTrue(
                unknown.err().startsWith("error DP-0803: There is no control operation 'plugins:burn'."),
                unknown.err());
        CliRun noName = control("plugins");
        assertEquals(ExitCode.USAGE, noName.exitCode());
        assertEquals(
                "error DP-0925: 'plugins' is no control operation: expected a noun, a colon and a verb, such as tasks:list.\n",
                noName.err());
    }
}
