package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.admission.Untrusted;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.dataprism.testjars.CompiledJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What guarding made of a plugin's classes is there at the node's next start, beside its artifact, and gone with it. */
final class GuardedClassesOutliveTest extends KernelTest {
    private static final int CLASSES = 30;
    private static final String[] GRANTS = {"system-properties"};

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT
                .withSandboxed(true)
                .withAdmission(AdmissionOptions.DEFAULT.withUntrusted(Untrusted.ALLOW))
                .withDataFolder(folder.resolve("data"))
                .withIntervals(Duration.ofMillis(50), Duration.ofMillis(200));
    }

    /** It uses all classes of its library when it starts. */
    private Path jar() {
        CompiledJar library = new CompiledJar();
        StringBuilder use = new StringBuilder();
        for (int i = 0; i < CLASSES; i++) {
            library.source("package lib; public class C" + i
                    + " { public static String it() { return System.getProperty(\"java.version\"); } }");
            use.append("lib.C").append(i).append(".it(); ");
        }
        return PluginJar.of("large")
                .permission(GRANTS[0])
                .nests(library.build(folder.resolve("lib.jar")))
                .does("start", use + "return Future.succeededFuture();")
                .in(folder);
    }

    private void loaded(Path jar) throws Exception {
        await(kernel.load(ArtifactSource.path(jar), LoadOptions.DEFAULT.grants(GRANTS)));
    }

    private List<Path> kept() throws Exception {
        try (Stream<Path> all = Files.walk(folder.resolve("data/artifacts"))) {
            return all.filter(path -> path.toString().endsWith(".classes")).toList();
        }
    }

    private void restart() throws Exception {
        await(closed());
        kernel = await(Kernel.create(vertx, options()));
    }

    @Test
    void theyAreWrittenOnceThePluginRestsAndReadAtTheNextStart() throws Exception {
        Path jar = jar();
        loaded(jar);
        soon().until(() -> kept().size() == 1);
        Path file = kept().get(0);
        Object written = Files.readAttributes(file, "unix:ino").get("ino");
        restart();
        loaded(jar);
        restart();
        assertEquals(List.of(file), kept());
        assertEquals(
                written,
                Files.readAttributes(file, "unix:ino").get("ino"),
                "nothing was new, so it was not written again");
        // From here on the file is all that tells the classes' checks.
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        loaded(jar);
        restart();
        assertFalse(Arrays.equals(bytes, Files.readAllBytes(file)), "damage was noticed, and mended");
    }

    @Test
    void theyAreWrittenWhenThePluginIsUnloadedAndGoWithItsArtifact() throws Exception {
        loaded(jar());
        await(kernel.unload("large"));
        soon().until(() -> kept().size() == 1);
        Path artifact = Objects.requireNonNull(
                Objects.requireNonNull(kept().get(0).getParent()).getParent());
        assertTrue(Files.exists(artifact.resolve("artifact.jar")));
        await(kernel.remove("large"));
        assertFalse(Files.exists(artifact));
    }
}
