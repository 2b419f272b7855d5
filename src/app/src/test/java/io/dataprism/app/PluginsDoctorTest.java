package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.registry.ArtifactSource;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that {@code plugins doctor} prints. */
class PluginsDoctorTest {
    @TempDir
    Path folder;

    private ControlledNode node;

    @BeforeEach
    void start() throws Exception {
        node = new ControlledNode(folder.resolve("data"));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private String doctor(String... more) {
        String[] words = new String[more.length + 4];
        words[0] = "plugins";
        words[1] = "doctor";
        System.arraycopy(more, 0, words, 2, more.length);
        words[more.length + 2] = "--data";
        words[more.length + 3] = folder.resolve("data").toString();
        CliRun run = CliRun.of(words);
        assertEquals("", run.err());
        assertEquals(ExitCode.OK, run.exitCode(), run.out());
        return run.out();
    }

    @Test
    void aRunningPlugin() throws Exception {
        ControlledNode.join(
                node.kernel.install(ArtifactSource.path(NodePlugin.greeter(folder.resolve("greeter.jar"), "0.1.0"))));
        ControlledNode.join(node.kernel.install(ArtifactSource.path(NodePlugin.guests(folder.resolve("guests.jar")))));
        ControlledNode.join(node.kernel.load("guests"));
        String page = doctor("greeter");
        assertTrue(page.startsWith("greeter 0.1.0 is running since 20"), page);
        assertTrue(page.contains("  utility: Greets.\n  capabilities: greet\n"), page);
        assertTrue(page.contains("grants add greeter 'event-publish:greeting.hello'"), page);
        assertTrue(page.contains("installed -> loading\n"), page);
        assertTrue(page.contains("  needed by guests\n"), page);
        assertTrue(page.contains("  lacks  event-publish:greeting.hello: "), page);
        assertTrue(page.contains(" may use 50 %"), page);
        assertTrue(doctor("guests").contains("  needs plugin 'greeter' *: greeter 0.1.0, running\n"), doctor("guests"));
    }

    @Test
    void oneThatFailed() throws Exception {
        ControlledNode.join(
                node.kernel.install(ArtifactSource.path(NodePlugin.failing(folder.resolve("greeter.jar"), "0.1.0"))));
        node.kernel
                .load("greeter")
                .toCompletionStage()
                .toCompletableFuture()
                .handle((info, cause) -> info)
                .get();
        String page = doctor("greeter");
        assertTrue(page.startsWith("greeter 0.1.0 is error since 20"), page);
        assertTrue(page.contains("java.lang.IllegalStateException: no greeting today\n"), page);
        assertTrue(page.contains("    at greeter@0.1.0//org.example.Greeter.start("), page);
        JsonObject json = new JsonObject(doctor("greeter", "--json"));
        assertEquals("error", json.getString("state"));
        assertTrue(json.getJsonArray("failures").getJsonObject(0).containsKey("stack"));
    }
}
