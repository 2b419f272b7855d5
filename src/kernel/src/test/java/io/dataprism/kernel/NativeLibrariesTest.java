package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that something outside of the plugin holds for good, as native code does. */
final class NativeLibrariesTest extends KernelTest {
    private static final String HOLDER = "dataprism.test.holder";

    @TempDir
    Path folder;

    private final AtomicReference<JsonObject> lastCheck = new AtomicReference<>();

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(20), Duration.ofSeconds(5));
    }

    @AfterEach
    void letGo() {
        System.getProperties().keySet().removeIf(key -> key.toString().startsWith(HOLDER));
    }

    /** As a native library does with global references, it keeps its class reachable from outside; {@code text} makes it another one. */
    private Path library(String text) {
        return new CompiledJar()
                .source("package quick; public class Quick { private static int uses;"
                        + " static { System.getProperties().put(\"" + HOLDER + "\" + System.nanoTime(), Quick.class); }"
                        + " public static native void run();"
                        + " public static int use() { return ++uses; } }")
                .file("text", text)
                .build(folder.resolve("org.example.quick-" + text + ".jar"));
    }

    private static PluginJar user(String id, Path library) {
        return PluginJar.of(id)
                .nests(library)
                .capability("use", "return Future.succeededFuture(new JsonObject().put(\"uses\", quick.Quick.use()));");
    }

    private int uses(String id) throws Exception {
        return await(kernel.<JsonObject>call(id, "use", null)).getInteger("uses");
    }

    private JsonObject check() {
        lastCheck.set(null);
        soon().until(() -> lastCheck.get() != null);
        return lastCheck.get();
    }

    private void collected() {
        soon().until(() -> {
            System.gc();
            return check().getInteger("unloading") == 0;
        });
    }

    @Test
    void aPluginIsCollectedAndItsNativeLibraryUsedAgain() throws Exception {
        await(kernel.events().subscribe("kernel.check", event -> lastCheck.set((JsonObject) event.body())));
        Path library = library("1");
        load(user("quick", library).yaml("nativeLibraries: [org.example.quick-*.jar]"));
        assertEquals(1, uses("quick"));
        await(kernel.reload("quick"));
        assertEquals(2, uses("quick"));
        collected();
        assertEquals(new JsonArray().add("quick: org.example.quick-1.jar"), check().getJsonArray("native"));

        load(user("other", library).yaml("nativeLibraries: [org.example.quick-1.jar]"));
        assertEquals(1, uses("other"), "two plugins share nothing");

        await(kernel.unload("quick"));
        await(kernel.remove("quick"));
        load(user("quick", library("2")).version("2.0.0").yaml("nativeLibraries: [org.example.quick-*.jar]"));
        assertEquals(1, uses("quick"), "another library is another one");
        collected();
        assertEquals(
                new JsonArray()
                        .add("other: org.example.quick-1.jar")
                        .add("quick: org.example.quick-1.jar")
                        .add("quick: org.example.quick-2.jar"),
                check().getJsonArray("native"));
    }

    @Test
    void aLeakSaysThatNativeCodeMayHoldIt() throws Exception {
        AtomicReference<JsonObject> leak = new AtomicReference<>();
        await(kernel.events().subscribe("kernel.leak", event -> leak.set((JsonObject) event.body())));
        load(user("quick", library("1")));
        assertEquals(1, uses("quick"));
        await(kernel.unload("quick"));
        soon().until(() -> leak.get() != null);
        String text = leak.get().getJsonObject("error").getString("message");
        assertTrue(
                text.contains(
                        "perhaps the native code behind its class quick.Quick (name the jar under 'nativeLibraries' in plugin.yaml)"),
                text);
    }
}
