package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands show of what plugins use, and how an operator changes what they may. */
class ResourceCommandsTest {
    @TempDir
    Path folder;

    private ControlledNode node;

    @BeforeEach
    void start() throws Exception {
        node = new ControlledNode(folder.resolve("data"));
        Path jar = new CompiledJar().source("""
                        package org.example;

                        import io.dataprism.api.Capabilities;
                        import io.dataprism.api.Plugin;
                        import io.dataprism.api.PluginContext;
                        import io.vertx.core.Future;

                        public final class Miner implements Plugin {
                            private PluginContext context;

                            @Override
                            public Future<Void> initialize(PluginContext given) {
                                context = given;
                                context.memory().allocate(3 << 20);
                                return Future.succeededFuture();
                            }

                            @Override
                            public Capabilities capabilities() {
                                return Capabilities.of("dig", call -> {
                                    // Not by the clock on the wall: on a busy machine that is little work.
                                    var threads = java.lang.management.ManagementFactory.getThreadMXBean();
                                    long end = threads.getCurrentThreadCpuTime() + 700_000_000;
                                    while (threads.getCurrentThreadCpuTime() < end) {
                                        Thread.onSpinWait();
                                    }
                                    return Future.succeededFuture("a stone");
                                });
                            }
                        }
                        """).file("plugin.yaml", """
                        id: miner
                        version: 1.0.0
                        main: org.example.Miner
                        api: ^0.1.0
                        category: utility
                        capabilities: [dig]
                        limits: {cpu: 80}
                        """).build(folder.resolve("miner.jar"));
        ControlledNode.join(node.kernel.install(ArtifactSource.path(jar)));
        ControlledNode.join(node.kernel.load("miner"));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private CliRun run(String... words) {
        return CliRun.of(Stream.concat(
                        Stream.of(words),
                        Stream.of("--data", folder.resolve("data").toString()))
                .toArray(String[]::new));
    }

    private String ok(String... words) {
        CliRun run = run(words);
        assertEquals("", run.err());
        assertEquals(ExitCode.OK, run.exitCode(), run.out());
        return run.out();
    }

    private static String line(String out, String start) {
        return out.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }

    @Test
    void topShowsWhatEachUsesAndWhyItIsThrottled() throws Exception {
        String calm = ok("top", "--once");
        assertTrue(calm.startsWith("1 plugins use "), calm);
        assertTrue(line(calm, "miner").matches("miner +running +[0-9.]+ +50 +[0-9.]+ +3 MiB +128 MiB"), calm);
        CallOptions patient = CallOptions.within(Duration.ofSeconds(20));
        // It digs on as long as it is looked at: on a slow machine it would be over its debt by then.
        List<Future<?>> digging = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            if (digging.stream().allMatch(Future::isComplete)) {
                digging.add(node.kernel.call("miner", "dig", null, patient));
            }
            return ok("top", "--sort", "state", "--once").contains("throttled");
        });
        String throttled = line(ok("top"), "miner");
        assertTrue(throttled.contains("It used ") && throttled.contains("may use 50 %."), throttled);
        JsonObject json = new JsonObject(ok("top", "--json"));
        assertEquals(50, json.getJsonArray("plugins").getJsonObject(0).getInteger("cpuLimit"));
        assertTrue(line(ok("plugins", "list"), "miner").contains("may use 50 %."));
    }

    @Test
    void anOperatorGivesOnePluginMoreOrLess() {
        String info = ok("plugins", "info", "miner");
        assertTrue(
                line(info, "curtailed").contains("limits.cpu is 80 % of a core but node.max-cpu-per-plugin gives 50 %"),
                info);
        assertTrue(line(info, "use").endsWith("may use 50 %; 3 MiB of memory, may use 128 MiB"), info);
        String raised = ok("plugins", "limit", "miner", "--cpu", "150", "--memory", "256MiB");
        assertTrue(
                raised.matches(
                        "miner may use 150 % of a core \\(now [0-9]+ %\\) and 256 MiB of memory \\(now 3 MiB\\)\\.\n"),
                raised);
        assertTrue(ok("plugins", "info", "miner").lines().noneMatch(line -> line.startsWith("curtailed")));
        assertTrue(ok("plugins", "limit", "miner", "--default").contains("50 % of a core"));
        JsonObject counted = new JsonObject(
                ok("plugins", "limit", "miner", "--count", "files=200", "--count", "messages=5000", "--json"));
        assertEquals(200, counted.getJsonObject("limits").getInteger("files"));
        assertEquals(5_000, counted.getJsonObject("limits").getInteger("messages"));
    }

    @Test
    void limitsThatAreNoneAreToldSo() {
        assertRefused("cpu: must be a whole number from 1 to 100000", "--cpu", "0");
        assertRefused("memory: must be a size such as 64KiB or 1MiB", "--memory", "much");
        CliRun neither = run("plugins", "limit", "miner");
        assertEquals(ExitCode.USAGE, neither.exitCode());
        CliRun unknown = run("plugins", "limit", "minor", "--cpu", "10");
        assertTrue(unknown.err().contains("Did you mean 'miner'?"), unknown.err());
    }

    private void assertRefused(String problem, String option, String value) {
        CliRun run = run("plugins", "limit", "miner", option, value);
        assertTrue(run.err().contains(problem), run.err());
        assertEquals(ExitCode.FAILED, run.exitCode(), run.err());
    }
}
