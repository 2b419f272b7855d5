package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.TableHandle;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What the application that embeds a kernel is asked, and what it uses of plugins. */
final class HostApplicationTest extends KernelTest {
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Promise<Boolean> answer = Promise.promise();

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withConsent((caller, permission) -> {
            asked.add(caller + " " + permission + " " + Context.isOnEventLoopThread());
            return answer.future();
        });
    }

    private static PluginJar asking() {
        return PluginJar.of("asking")
                .permission("camera-access")
                .capability("ask", "return context.permissions().request(call.json().getString(\"for\"));");
    }

    private Future<Boolean> ask(String permission) {
        return kernel.call("asking", "ask", new JsonObject().put("for", permission));
    }

    @Test
    void isAskedOnceForWhatAPluginRequests() throws Exception {
        load(asking());
        Future<Boolean> first = ask("camera-access");
        Future<Boolean> second = ask("camera-access");
        soon().until(() -> !asked.isEmpty());
        answer.complete(true);
        assertTrue(await(first));
        assertTrue(await(second));
        assertEquals(List.of("plugin:asking camera-access true"), List.copyOf(asked));
        assertTrue(kernel.grants().check(kernel.plugin("asking").orElseThrow().id(), "camera-access"));
    }

    @Test
    void isNotAskedForWhatTheManifestDoesNotName() throws Exception {
        load(asking());
        assertFalse(await(ask("microphone-access")));
        assertTrue(asked.isEmpty());
    }

    @Test
    void anAnswerThatFailsIsNo() throws Exception {
        load(asking());
        answer.fail("the dialog was closed");
        assertFalse(await(ask("camera-access")));
        assertFalse(kernel.gate()
                .may(
                        io.dataprism.api.Caller.plugin(
                                kernel.plugin("asking").orElseThrow().id()),
                        Permission.parse("camera-access")));
    }

    @Test
    void usesTablesAsTheHost() throws Exception {
        CallException missing = (CallException) failure(kernel.tables().query("select 1", Map.of()));
        assertEquals(FailureKind.NO_SUCH_CAPABILITY, missing.kind());
        assertEquals(
                "The host application asked for tables, but no plugin that provides them is installed. Install one, such as"
                        + " 'tables'.",
                missing.getMessage());
        load(PluginJar.of("tables")
                .capability(
                        "table-create",
                        "return Future.succeededFuture(new TableHandle(\"n\", call.caller().toString(), \"t\","
                                + " java.time.Instant.EPOCH));"));
        Promise<Boolean> onMine = Promise.promise();
        Context mine = vertx.getOrCreateContext();
        mine.runOnContext(go -> kernel.tables()
                .query("select 1", Map.of())
                .onComplete(made -> onMine.complete(Vertx.currentContext() == mine)));
        assertTrue(await(onMine.future()));
        TableHandle table = await(kernel.tables().query("select 1", Map.of()));
        assertEquals("host", table.owner());
    }

    @Test
    void namesTheRepositoryThatArtifactsComeFrom() throws Exception {
        Path jar = asking().in(folder);
        String path = "/maven/org/example/asking/1.0.0/asking-1.0.0.jar";
        HttpServer repository = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.path().equals(path)) {
                        request.response().sendFile(jar.toString());
                    } else {
                        request.response().setStatusCode(404).end();
                    }
                })
                .listen(0, "127.0.0.1"));
        ArtifactSource source = ArtifactSource.parse("maven:org.example:asking:1.0.0");
        PluginException nowhere = failure(kernel.install(source));
        assertTrue(nowhere.getMessage().contains("the option 'mavenRepository'"), nowhere.getMessage());
        URI address = URI.create("http://127.0.0.1:" + repository.actualPort() + "/maven");
        Kernel other = await(Kernel.create(
                vertx, KernelOptions.DEFAULT.withAddressPrefix("other:").withMavenRepository(address)));
        assertEquals(
                "asking", await(other.load(source, LoadOptions.DEFAULT)).id().value());
        await(other.close(Duration.ofSeconds(10)));
    }
}
