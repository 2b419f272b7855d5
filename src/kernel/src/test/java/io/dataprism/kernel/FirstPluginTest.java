package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node must not load before its first plugin runs, since each of these takes a good part of its start. */
class FirstPluginTest {
    private static final List<String> LATER = List.of(
            "com.networknt.schema.SchemaRegistry",
            "com.fasterxml.jackson.databind.",
            "org.semver4j.",
            "java.net.http.",
            "sun.security.ssl.");

    @TempDir
    Path folder;

    /** The node. */
    static final class Node {
        private Node() {}

        public static void main(String[] arguments) throws Exception {
            Vertx vertx = Vertx.vertx();
            Kernel.create(vertx, KernelOptions.DEFAULT)
                    .compose(kernel -> kernel.load(ArtifactSource.path(Path.of(arguments[0])), LoadOptions.DEFAULT))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(1, TimeUnit.MINUTES);
            Runtime.getRuntime().exit(0);
        }
    }

    @Test
    void itsStartLoadsNothingThatItDoesNotNeed() throws Exception {
        Path jar = PluginJar.of("first").in(folder);
        Path log = folder.resolve("classes.txt");
        Process node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log + "::filecount=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName(),
                        jar.toString())
                .inheritIO()
                .start();
        try {
            assertTrue(node.waitFor(1, TimeUnit.MINUTES), "the node did not end");
        } finally {
            node.destroyForcibly();
        }
        assertEquals(0, node.exitValue());
        List<String> loaded = Files.readAllLines(log);
        assertTrue(loaded.stream().anyMatch(line -> line.contains(" io.dataprism.kernel.manifest.QuickSchema ")));
        assertEquals(
                List.of(),
                loaded.stream()
                        .filter(line -> LATER.stream().anyMatch(name -> line.contains(" " + name)))
                        .limit(5)
                        .toList());
    }
}
