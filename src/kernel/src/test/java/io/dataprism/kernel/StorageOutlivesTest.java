package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a plugin stores is there for its next run, its next version and the next node, and not for another one of its name. */
final class StorageOutlivesTest extends KernelTest {

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withDataFolder(folder.resolve("data"));
    }

    private static PluginJar notes(String version, String mark) {
        return PluginJar.of("notes")
                .version(version)
                .permission("storage-access")
                .file("mark.txt", mark)
                .capability(
                        "write",
                        "return context.storage().put(\"k\", Buffer.buffer((String) call.body())).map(\"written\");")
                .capability(
                        "flood",
                        "for (int n = 0; n < 900; n++) { context.storage().put(\"k\" + n, Buffer.buffer(new byte[10_000])); }"
                                + " return Future.succeededFuture(\"begun\");")
                .capability(
                        "read",
                        "return context.storage().get(\"k\").map(v -> v.map(Buffer::toString).orElse(\"none\"));");
    }

    private String call(String capability, String body) throws Exception {
        return await(kernel.<String>call("notes", capability, body, CallOptions.DEFAULT));
    }

    private void loadGranted(PluginJar jar) throws Exception {
        loadGranted(jar.in(folder));
    }

    private void loadGranted(Path jar) throws Exception {
        await(kernel.load(
                ArtifactSource.path(jar),
                new LoadOptions(Optional.empty(), Optional.empty(), List.of("storage-access"))));
    }

    private JsonObject invoke(String noun, String verb, JsonObject body) throws Exception {
        return await(kernel.control().invoke(Caller.OPERATOR, noun, verb, body));
    }

    private static JsonObject byId() {
        return new JsonObject().put("id", "notes");
    }

    @Test
    void runsVersionsAndNodes() throws Exception {
        loadGranted(notes("1.0.0", "a"));
        call("write", "kept");
        await(kernel.reload("notes"));
        assertEquals("kept", call("read", ""));
        await(kernel.reload("notes", ArtifactSource.path(notes("1.1.0", "b").in(folder))));
        assertEquals("kept", call("read", ""));
        await(closed());
        kernel = await(Kernel.create(vertx, options()));
        await(kernel.load("notes", new LoadOptions(Optional.empty(), Optional.empty(), List.of("storage-access"))));
        assertEquals("kept", call("read", ""));
    }

    @Test
    void whatWasBegunIsDoneWhenThePluginIsUnloaded() throws Exception {
        loadGranted(notes("1.0.0", "a"));
        call("flood", "");
        await(kernel.unload("notes"));
        long size = stored();
        assertEquals(
                900,
                invoke("storage", "list", new JsonObject())
                        .getJsonArray("plugins")
                        .getJsonObject(0)
                        .getInteger("keys"));
        assertEquals(size, stored());
    }

    private long stored() throws Exception {
        try (Stream<Path> all = Files.walk(folder.resolve("data").resolve("storage"))) {
            return all.mapToLong(path -> path.toFile().length()).sum();
        }
    }

    @Test
    void notForAnotherArtifactOfItsNameOnceItWasRemoved() throws Exception {
        Path own = notes("1.0.0", "a").in(folder);
        loadGranted(own);
        call("write", "private");
        invoke("plugins", "remove", byId());
        assertTrue(invoke("storage", "list", new JsonObject())
                .getJsonArray("plugins")
                .getJsonObject(0)
                .getBoolean("left"));
        loadGranted(notes("1.0.0", "by somebody else"));
        assertTrue(failure(kernel.call("notes", "read", "", CallOptions.DEFAULT))
                .getMessage()
                .contains("left by another artifact"));
        invoke("plugins", "remove", byId());
        await(kernel.load(ArtifactSource.path(own), LoadOptions.DEFAULT));
        assertEquals("private", call("read", ""));
    }

    @Test
    void exportedDeletedAndRemovedWithThePlugin() throws Exception {
        loadGranted(notes("1.0.0", "a"));
        call("write", "v");
        Path file = folder.resolve("notes.jsonl");
        assertEquals(
                1,
                invoke("storage", "export", byId().put("file", file.toString())).getInteger("keys"));
        assertTrue(Files.readString(file).contains("\"key\":\"k\""));
        invoke("storage", "delete", byId());
        assertEquals("none", call("read", ""));
        call("write", "again");
        invoke("plugins", "remove", byId().put("storage", true));
        assertFalse(Files.exists(folder.resolve("data").resolve("storage").resolve("notes")));
        loadGranted(notes("1.0.0", "by somebody else"));
        assertEquals("none", call("read", ""));
    }

    @Test
    void endsWithANodeThatHasNoDataFolderAndThatIsSaid() throws Exception {
        Vertx other = Vertx.vertx();
        try {
            Kernel temporary = await(Kernel.create(other, KernelOptions.DEFAULT));
            assertTrue(temporary.promises().stream()
                    .anyMatch(promise ->
                            promise.name().equals("what plugins store is there after a restart") && !promise.kept()));
        } finally {
            await(other.close());
        }
    }
}
