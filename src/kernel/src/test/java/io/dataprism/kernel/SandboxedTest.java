package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.admission.Untrusted;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** A node that holds what plugins call of the JDK against what they were granted. */
final class SandboxedTest extends KernelTest {
    /** What the test's own code in the plugin calls. */
    private static final String NOTING = "system-properties";

    @Override
    protected KernelOptions options() {
        // This JVM has no agent, and nobody signs the tests' jars
        return KernelOptions.DEFAULT
                .withSandboxed(true)
                .withAdmission(AdmissionOptions.DEFAULT.withUntrusted(Untrusted.ALLOW));
    }

    private PluginJar reader() {
        return PluginJar.of("reader")
                .permission(NOTING)
                .capability(
                        "read",
                        "try { return Future.succeededFuture(java.nio.file.Files.readString("
                                + "java.nio.file.Path.of((String) call.body()))); }"
                                + " catch (java.io.IOException e) { return Future.failedFuture(e); }");
    }

    private void loaded(PluginJar jar, String... grants) throws Exception {
        await(kernel.load(ArtifactSource.path(jar.in(folder)), LoadOptions.DEFAULT.grants(grants)));
    }

    private String refused(String plugin, Object body) {
        return assertThrows(ExecutionException.class, () -> await(kernel.call(plugin, "read", body)))
                .getCause()
                .getMessage();
    }

    @Test
    void aFileIsReadWhileThatIsGranted() throws Exception {
        Path file = Files.writeString(folder.toRealPath().resolve("a.txt"), "kept");
        loaded(reader().permission("file-access:read"), NOTING);
        String told = refused("reader", file.toString());
        assertTrue(told.contains("Plugin 'reader' 1.0.0 may not use 'file-access:read:" + file + "'"), told);
        assertTrue(told.contains("dataprism grants add reader "), told);
        assertTrue(told.contains("It was about to call java.nio.file.Files.readString at test.reader.Main."), told);
        assertTrue(told.contains("(Main.java:"), told);
        JsonObject grant = new JsonObject().put("id", "reader").put("permission", "file-access:read:" + file);
        await(kernel.control().invoke(Caller.OPERATOR, "grants", "add", grant));
        assertEquals("kept", await(kernel.call("reader", "read", file.toString())));
        await(kernel.control().invoke(Caller.OPERATOR, "grants", "revoke", grant));
        refused("reader", file.toString());
    }

    @Test
    void whatItsManifestDoesNotAskForIsRefusedThoughGranted() throws Exception {
        loaded(reader(), NOTING);
        assertTrue(refused("reader", "/etc/hostname").contains("its manifest does not request it"));
    }

    @Test
    void itsLibrariesAreHeldToTheSame() throws Exception {
        Path library = new CompiledJar()
                .source(
                        "package lib; public class Env { public static String home() { return System.getenv(\"PATH\"); } }")
                .build(folder.resolve("lib.jar"));
        loaded(
                PluginJar.of("looker")
                        .permission(NOTING)
                        .permission("environment:HOME")
                        .nests(library)
                        .capability("read", "return Future.succeededFuture(lib.Env.home());"),
                NOTING,
                "environment:HOME");
        assertTrue(refused("looker", "").contains("'environment:PATH'"));
    }

    /** A call whose target does not matter is asked for once, and no more than that until the grants change. */
    @Test
    void anAnswerThatIsKeptEndsWithTheGrant() throws Exception {
        loaded(
                PluginJar.of("spinner")
                        .permission(NOTING)
                        .permission("threads")
                        .capability("read", "new Thread(() -> {}).start(); return Future.succeededFuture(1);"),
                NOTING,
                "threads");
        JsonObject grant = new JsonObject().put("id", "spinner").put("permission", "threads");
        for (int turn = 0; turn < 3; turn++) {
            for (int i = 0; i < 100; i++) {
                assertEquals(1, await(kernel.<Integer>call("spinner", "read", "")));
            }
            await(kernel.control().invoke(Caller.OPERATOR, "grants", "revoke", grant));
            assertTrue(refused("spinner", "").contains("'threads'"));
            await(kernel.control().invoke(Caller.OPERATOR, "grants", "add", grant));
        }
    }

    /** A grant that ends by itself is asked for each time. */
    @Test
    void anAnswerIsNotKeptBeyondTheEndOfAGrant() throws Exception {
        loaded(
                PluginJar.of("spinner")
                        .permission(NOTING)
                        .permission("threads")
                        .capability("read", "new Thread(() -> {}).start(); return Future.succeededFuture(1);"),
                NOTING);
        JsonObject grant = new JsonObject()
                .put("id", "spinner")
                .put("permission", "threads")
                .put(
                        "holds",
                        Instant.now()
                                .plusSeconds(3)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
        await(kernel.control().invoke(Caller.OPERATOR, "grants", "add", grant));
        assertEquals(1, await(kernel.<Integer>call("spinner", "read", "")));
        soon().until(() -> kernel.call("spinner", "read", "")
                .toCompletionStage()
                .toCompletableFuture()
                .handle((done, failure) -> failure != null)
                .get());
    }

    @Test
    void aPluginThatMayNotWhatItsStartNeedsSaysSo() throws Exception {
        PluginJar jar = PluginJar.of("starter")
                .permission(NOTING)
                .does("start", "new Thread(() -> {}).start(); return Future.succeededFuture();");
        String told = failure(kernel.load(ArtifactSource.path(jar.in(folder)), LoadOptions.DEFAULT.grants(NOTING)))
                .getMessage();
        assertTrue(told.contains("'threads'"), told);
        assertTrue(told.contains("java.lang.Thread"), told);
    }

    @Test
    void theNodeSaysWhatItPromises() {
        assertTrue(kernel.promises().stream()
                .anyMatch(promise -> promise.name().startsWith("what a plugin's own classes call") && promise.kept()));
        assertFalse(kernel.promises().stream()
                .filter(promise -> promise.name().contains("reaches past its own classes"))
                .findFirst()
                .orElseThrow()
                .kept());
    }
}
