package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Grants and denials of a kernel with a data folder are there when it was ended, or killed, and made anew. */
final class GrantsOutliveTest extends KernelTest {

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT
                .withDataFolder(data())
                .withIntervals(Duration.ofMillis(50), Duration.ofMillis(200));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void restart() throws Exception {
        await(closed());
        kernel = await(Kernel.create(vertx, options()));
    }

    private JsonObject invoke(String verb, String permission) throws Exception {
        return await(kernel.control()
                .invoke(
                        Caller.OPERATOR,
                        "grants",
                        verb,
                        new JsonObject().put("id", "news").put("permission", permission)));
    }

    private String granted() throws Exception {
        JsonArray all = await(kernel.control().invoke(Caller.OPERATOR, "grants", "list", new JsonObject()))
                .getJsonArray("grants");
        StringBuilder text = new StringBuilder();
        all.forEach(item -> {
            JsonObject grant = (JsonObject) item;
            text.append(grant.getString("permission"))
                    .append(" by ")
                    .append(grant.getString("by"))
                    .append(grant.getBoolean("stored") ? ", stored; " : "; ");
        });
        return text.toString();
    }

    @Test
    void whatTheOperatorGaveHoldsBeforeTheFirstPluginStarts() throws Exception {
        install(PluginJar.of("news")
                .permission("event-publish:news.*")
                .does("start", "return context.events().publish(\"news.first\", 1).mapEmpty();"));
        invoke("add", "event-publish:news.*");
        await(kernel.load("news"));
        restart();
        await(kernel.load("news"));
        assertEquals("event-publish:news.* by operator, stored; ", granted());
        invoke("add", "!event-publish:news.first");
        restart();
        String denied = failure(kernel.load("news")).getMessage();
        assertTrue(denied.contains("'!event-publish:news.first' denies it, by operator since "), denied);
        invoke("revoke", "event-publish:news.*");
        restart();
        assertEquals("!event-publish:news.first by operator, stored; ", granted());
    }

    @Test
    void whatConfAndCodeSayIsNotStored() throws Exception {
        String source = PluginJar.of("news")
                .permission("event-publish:news.*")
                .in(folder)
                .toString();
        await(kernel.apply(DesiredState.fromJson(new JsonObject()
                .put(
                        "news",
                        new JsonObject()
                                .put("source", source)
                                .put("grants", new JsonArray().add("event-publish:news.*"))))));
        assertEquals("event-publish:news.* by conf; ", granted());
        await(kernel.grants().stored());
        restart();
        assertEquals("", granted());
        assertFalse(Files.exists(data().resolve("store")));
    }

    @Test
    void whatCanNotBeStoredIsToldAndStoredOnceItCan() throws Exception {
        Files.writeString(data().resolve("store"), "a file where the folder should be");
        PluginException told = failure(kernel.control()
                .invoke(
                        Caller.OPERATOR,
                        "grants",
                        "add",
                        new JsonObject().put("id", "news").put("permission", "!threads")));
        assertEquals("DP-0507", told.code());
        assertEquals("!threads by operator, stored; ", granted());
        Files.delete(data().resolve("store"));
        soon().until(() -> Files.exists(data().resolve("store").resolve("store-2.db")));
        restart();
        assertEquals("!threads by operator, stored; ", granted());
    }

    @Test
    void promisesThatOnlyWithADataFolder() throws Exception {
        assertTrue(promised(kernel));
        Vertx other = Vertx.vertx();
        try {
            Kernel temporary = await(Kernel.create(other, KernelOptions.DEFAULT));
            assertFalse(promised(temporary));
            JsonObject answer = await(temporary
                    .control()
                    .invoke(
                            Caller.OPERATOR,
                            "grants",
                            "add",
                            new JsonObject().put("id", "news").put("permission", "threads")));
            assertTrue(answer.getJsonArray("notes").encode().contains("stores no grants"), answer.encode());
        } finally {
            await(other.close());
        }
    }

    private static boolean promised(Kernel kernel) {
        return kernel.promises().stream()
                .filter(promise -> promise.name().contains("after a restart"))
                .findFirst()
                .orElseThrow()
                .kept();
    }

    /** Gives one grant after the other through the control operations, and says each one that was answered. */
    static final class Giver {
        private Giver() {}

        @SuppressWarnings("SystemOut") // how it tells the test what was answered
        public static void main(String[] arguments) throws Exception {
            Kernel kernel =
                    await(Kernel.create(Vertx.vertx(), KernelOptions.DEFAULT.withDataFolder(Path.of(arguments[0]))));
            for (int n = 0; n < 10_000; n++) {
                await(kernel.control()
                        .invoke(
                                Caller.OPERATOR,
                                "grants",
                                "add",
                                new JsonObject()
                                        .put("id", "plugin-" + n % 7)
                                        .put("permission", "!call:other:" + word(n))));
                System.out.println(word(n));
            }
            new CountDownLatch(1).await();
        }

        private static String word(int n) {
            return "w" + n;
        }
    }

    @Test
    void whatWasAnsweredBeforeTheNodeWasKilledIsThere() throws Exception {
        Path killed = folder.resolve("killed");
        Process giver = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Giver.class.getName(),
                        killed.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int answered = 0;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(giver.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                answered++;
                if (answered == 60) {
                    // Not through the process, which would close what it has said and was not read yet.
                    assertTrue(giver.toHandle().destroyForcibly());
                }
            }
        } finally {
            giver.destroyForcibly();
            assertTrue(giver.waitFor(20, TimeUnit.SECONDS));
        }
        assertTrue(answered >= 60, answered + " were answered");
        await(closed());
        kernel = await(Kernel.create(vertx, options().withDataFolder(killed)));
        String all = granted();
        for (int n = 0; n < answered; n++) {
            assertTrue(all.contains("!call:other:w" + n + " by operator, stored; "), n + " of " + answered);
        }
    }
}
