package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.kernel.audit.AuditOptions;
import io.dataprism.kernel.audit.AuditQuery;
import io.dataprism.kernel.audit.AuditReader;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a kernel with a data folder tells its audit log: changes and denials, each with who, what, to what, why, and for which message. */
class AuditTest extends KernelTest {

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT
                .withDataFolder(folder.resolve("data"))
                .withAudit(AuditOptions.DEFAULT.withHeads(folder.resolve("heads.jsonl"), Duration.ofMillis(50)));
    }

    private JsonObject invoke(String operation, JsonObject body) throws Exception {
        int colon = operation.indexOf(':');
        return await(kernel.control()
                .invoke(Caller.OPERATOR, operation.substring(0, colon), operation.substring(colon + 1), body));
    }

    private List<JsonObject> lines(JsonObject query) throws Exception {
        JsonArray lines = invoke("audit:list", query.put("limit", 1_000)).getJsonArray("lines");
        return lines.stream().map(JsonObject.class::cast).toList();
    }

    /** The lines about a plugin, short. */
    private List<String> about(String plugin) throws Exception {
        return lines(new JsonObject().put("plugin", plugin)).stream()
                .map(AuditTest::text)
                .toList();
    }

    private static String text(JsonObject line) {
        String id = line.getString("id", "");
        return line.getString("who") + (id.isEmpty() ? "" : ":" + id) + " " + line.getString("what") + " "
                + line.getString("target", "") + " " + line.getString("decision");
    }

    private static JsonObject grant(String id, String permission) {
        return new JsonObject().put("id", id).put("permission", permission);
    }

    @Test
    void aPluginsLifeAndItsGrantsAreThere() throws Exception {
        install(PluginJar.of("news").permission("event-publish:news.*"));
        invoke("grants:add", grant("news", "event-publish:news.*").put("reason", "it is news"));
        await(kernel.load("news"));
        await(kernel.configure("news", new JsonObject().put("password", "geheim")));
        invoke("grants:revoke", grant("news", "event-publish:news.*"));
        invoke("plugins:stop", new JsonObject().put("id", "news"));
        await(kernel.remove("news"));
        assertEquals(
                List.of(
                        "kernel plugin-installed plugin:news 1.0.0 done",
                        "operator grant plugin:news event-publish:news.* done",
                        "kernel plugin-running plugin:news 1.0.0 done",
                        // It takes no configuration while it runs.
                        "kernel plugin-stopped plugin:news 1.0.0 done",
                        "kernel plugin-running plugin:news 1.0.0 done",
                        "kernel plugin-configured plugin:news done",
                        "operator grant-ended plugin:news event-publish:news.* done",
                        "kernel plugin-stopped plugin:news 1.0.0 done",
                        "operator plugins:stop plugin:news done",
                        "kernel plugin-removed plugin:news 1.0.0 done"),
                about("news"));
        JsonObject granted = lines(new JsonObject().put("text", "it is news")).get(0);
        assertEquals("holds for good; it is news", granted.getString("why"));
        assertFalse(invoke("audit:list", new JsonObject()).encode().contains("geheim"), "values of configurations");
    }

    @Test
    void aDenialSaysWhyAndForWhichMessage() throws Exception {
        install(PluginJar.of("news")
                .permission("event-publish:news.*")
                .capability(
                        "tell",
                        "return context.events().publish(\"news.first\", 1).map(\"told\").otherwise(\"denied\");"));
        await(kernel.load("news"));
        for (int time = 0; time < 20; time++) {
            assertEquals("denied", await(kernel.call("news", "tell", null)));
        }
        List<JsonObject> denials =
                lines(new JsonObject().put("who", "plugin:news").put("decision", "denied"));
        JsonObject denied = denials.get(0);
        assertEquals("event-publish", denied.getString("what"));
        assertEquals("news.first", denied.getString("target"));
        assertEquals("1.0.0", denied.getString("version"));
        assertTrue(denied.getString("why").contains("it was not granted"), denied.encode());
        assertNotNull(denied.getString("cause"), "the call that it worked for: " + denied.encode());
        assertTrue(denied.getString("cause").startsWith("local-"), denied.encode());
        assertEquals(
                20, denials.stream().mapToInt(line -> line.getInteger("count")).sum());
    }

    @Test
    void aFailureIsThereByItsCodeAndNotByItsWords() throws Exception {
        install(PluginJar.of("news").does("start", "throw new IllegalStateException(\"my password is geheim\");"));
        failure(kernel.load("news"));
        JsonObject failed = lines(new JsonObject().put("decision", "failed")).get(0);
        assertEquals("plugin-error", failed.getString("what"));
        assertEquals("DP-0814 at the step start; the node's log has the cause", failed.getString("why"));
        assertFalse(invoke("audit:list", new JsonObject()).encode().contains("geheim"));
    }

    @Test
    void whatConfWantsAndWhoMayNotAreThere() throws Exception {
        String source = PluginJar.of("news").permission("threads").in(folder).toString();
        JsonObject wanted = new JsonObject()
                .put("news", new JsonObject().put("source", source).put("grants", new JsonArray().add("threads")));
        await(kernel.apply(DesiredState.fromJson(wanted)));
        failure(kernel.control().invoke(Caller.user("ada"), "plugins", "stop", new JsonObject()));
        failure(kernel.control().invoke(Caller.OPERATOR, "plugins", "stop", new JsonObject().put("id", "newz")));
        List<String> all = lines(new JsonObject()).stream().map(AuditTest::text).toList();
        assertTrue(all.contains("host desired-state news done"), all.toString());
        assertTrue(all.contains("conf grant plugin:news threads done"), all.toString());
        assertTrue(all.contains("user:ada plugins:stop  denied"), all.toString());
        assertTrue(all.contains("operator plugins:stop plugin:newz failed"), all.toString());
        assertTrue(all.contains("kernel token-made operator.token done"), all.toString());
    }

    @Test
    void whatWasAllowedIsCountedAndEndsInTheLog() throws Exception {
        install(PluginJar.of("news")
                .permission("event-publish:news.*")
                .permission("call:news:tell")
                .capability("tell", "return context.events().publish(\"news.first\", 1).map(\"told\");")
                .capability("again", "return context.calls().call(\"news\", \"tell\", null).map(\"told\");"));
        invoke("grants:add", grant("news", "event-publish:news.*"));
        invoke("grants:add", grant("news", "call:news:tell"));
        await(kernel.load("news"));
        for (int time = 0; time < 30; time++) {
            await(kernel.call("news", "tell", null));
        }
        await(kernel.call("news", "again", null));
        await(closed());
        List<String> allowed =
                AuditReader.of(folder.resolve("data").resolve("audit")).list(AuditQuery.newest(100)).stream()
                        .filter(line -> line.entry().decision().label().equals("allowed"))
                        .filter(line -> !line.entry().what().equals("event-publish")
                                || !line.entry().who().label().equals("host"))
                        .map(line -> line.entry().who().label() + " "
                                + line.entry().what() + " " + line.entry().count())
                        .sorted()
                        .toList();
        assertEquals(List.of("host call 31", "plugin:news call 1", "plugin:news event-publish 31"), allowed);
    }

    @Test
    void isSoundWhileItIsWrittenAndAfterARestart() throws Exception {
        Path heads = folder.resolve("heads.jsonl");
        invoke("grants:add", grant("news", "threads"));
        soon().until(() -> Files.exists(heads));
        JsonObject verdict = invoke("audit:verify", new JsonObject().put("heads", heads.toString()));
        assertTrue(verdict.getBoolean("sound"), verdict.encode());
        assertEquals(
                verdict.getString("hash"),
                invoke("audit:head", new JsonObject()).getString("hash"));
        await(closed());
        kernel = await(Kernel.create(vertx, options()));
        verdict = invoke("audit:verify", new JsonObject().put("heads", heads.toString()));
        assertTrue(verdict.getBoolean("sound"), verdict.encode());
        await(closed());
        assertEquals(
                List.of(),
                AuditReader.of(folder.resolve("data").resolve("audit"))
                        .verify(Optional.of(heads))
                        .findings());
    }

    @Test
    void aNodeOfATemporaryFolderKeepsNoneAndSaysSo() throws Exception {
        Vertx other = Vertx.vertx();
        try {
            Kernel temporary = await(Kernel.create(other, KernelOptions.DEFAULT));
            assertEquals(
                    "DP-0852",
                    failure(temporary.control().invoke(Caller.OPERATOR, "audit", "list", new JsonObject()))
                            .code());
        } finally {
            await(other.close());
        }
    }

    @Test
    void whatCanNotBeToldElsewhereIsSeenByTheOperator() throws Exception {
        await(closed());
        Files.delete(folder.resolve("heads.jsonl"));
        Files.createDirectory(folder.resolve("heads.jsonl"));
        kernel = await(Kernel.create(vertx, options()));
        soon().until(() -> failingChecks().contains("DP-0854"));
        assertTrue(failingChecks().contains("\"audit log\""), failingChecks());
        Files.delete(folder.resolve("heads.jsonl"));
        soon().until(() -> failingChecks().equals("[]"));
    }

    private String failingChecks() throws Exception {
        return invoke("node:info", new JsonObject())
                .getJsonArray("failingChecks")
                .encode();
    }
}
