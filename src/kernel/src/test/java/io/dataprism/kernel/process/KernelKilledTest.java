package io.dataprism.kernel.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel that is killed leaves no process behind. */
final class KernelKilledTest {

    /** A node that runs one plugin, which spins, in a process of its own, and writes its number. */
    public static final class Node {
        private Node() {}

        /** @param jar of the plugin */
        @SuppressWarnings("SystemOut")
        public static void main(String[] jar) throws Exception {
            Kernel kernel = Kernel.create(Vertx.vertx(), KernelOptions.DEFAULT)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            kernel.load(ArtifactSource.path(Path.of(jar[0])), LoadOptions.DEFAULT)
                    .compose(loaded -> kernel.<Number>call("apart", "pid", null))
                    .onComplete(pid -> {
                        kernel.call("apart", "spin", null);
                        System.out.println("pid " + pid.result());
                    });
        }
    }

    @Test
    void itsChildGoesWithIt(@TempDir Path folder) throws Exception {
        Path jar = PluginJar.of("apart")
                .yaml("isolation: process")
                .capability("pid", "return Future.succeededFuture(ProcessHandle.current().pid());")
                .capability("spin", "for (long i = 0; ; i++) { if (i == -1) return Future.succeededFuture(i); }")
                .in(folder);
        Process node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName(),
                        jar.toString())
                .redirectErrorStream(true)
                .start();
        try {
            ProcessHandle child = ProcessHandle.of(pid(node)).orElseThrow();
            assertTrue(child.isAlive());
            assertTrue(node.destroyForcibly().waitFor(5, TimeUnit.SECONDS));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !child.isAlive());
        } finally {
            node.destroyForcibly();
        }
    }

    private static long pid(Process node) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("pid ")) {
                return ChildOf.pid(node.toHandle());
            }
            all.append(line).append('\n');
        }
        throw new IOException("The node ended: " + all);
    }
}
