package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.testing.PluginJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with a heap of 160 MB, and a plugin that takes all of it. */
final class ShortOfHeapTest {
    @TempDir
    Path folder;

    private static PluginJar hog(String begin) {
        return PluginJar.of("hog")
                .members("static final List<byte[]> KEPT = new ArrayList<>();")
                .capability("begin", begin);
    }

    private Path neighbour() {
        return PluginJar.of("neighbour")
                .capability("ping", "return Future.succeededFuture(\"pong\");")
                .in(folder);
    }

    private List<String> run(Path... jars) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseG1GC",
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ShortOfHeap.class.getName(),
                folder.resolve("data").toString()));
        for (Path jar : jars) {
            command.add(jar.toString());
        }
        Process node = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(node.waitFor(1, TimeUnit.MINUTES));
            assertEquals(0, node.exitValue(), said);
            return said.lines().toList();
        } finally {
            node.destroyForcibly();
        }
    }

    private static String said(List<String> lines, String what) {
        return lines.stream()
                .filter(line -> line.startsWith(what + ": "))
                .reduce((first, last) -> last)
                .map(line -> line.substring(what.length() + 2))
                .orElseThrow(() -> new AssertionError(what + " in " + lines));
    }

    @Test
    void theBiggestIsSuspendedTheOthersGoOnAndTheNextNodeKnows() throws Exception {
        Path neighbour = neighbour();
        List<String> first = run(
                neighbour,
                hog("context.timers().every(Duration.ofMillis(10), () -> KEPT.add(new byte[200 << 10]));"
                                + " return Future.succeededFuture();")
                        .in(folder));
        assertEquals("suspended", said(first, "ended"), first::toString);
        String why = said(first, "why");
        assertTrue(why.startsWith("The node was short of heap, ") && why.contains("MiB, more than any other"), why);
        assertTrue(
                first.stream()
                        .anyMatch(line -> line.startsWith("told: ") && line.contains("Plugin 'hog' is the biggest")),
                first::toString);
        assertTrue(said(first, "audit").contains("plugin-suspended"), first::toString);
        List<String> again = run(neighbour);
        assertEquals("suspended", said(again, "ended"), again::toString);
        assertTrue(said(again, "why").endsWith("The node was started again since."), again::toString);
    }
}
