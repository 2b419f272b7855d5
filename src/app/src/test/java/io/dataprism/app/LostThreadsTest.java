package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.app.conf.ConfReader;
import io.dataprism.app.conf.ConfSources;
import io.dataprism.app.conf.NodeConf;
import io.dataprism.app.conf.Shipped;
import io.dataprism.app.node.Ending;
import io.dataprism.app.node.LostThreads;
import io.dataprism.app.node.RunningNode;
import io.dataprism.app.node.Selection;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node does when a plugin keeps a thread that nothing takes back. */
class LostThreadsTest {
    private static final String GATE = "dataprism.test.lost";

    @TempDir
    Path home;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final Ending ending = new Ending();
    private final Queue<JsonObject> lost = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void write() {
        System.getProperties().put(GATE, gate);
        new CompiledJar().source("""
                        package org.example;

                        import io.dataprism.api.Plugin;
                        import io.vertx.core.Future;
                        import java.util.concurrent.CountDownLatch;

                        public final class Keeper implements Plugin {
                            @Override
                            public Future<Void> start() {
                                CountDownLatch gate = (CountDownLatch) System.getProperties().get("dataprism.test.lost");
                                while (gate.getCount() > 0) {
                                    try {
                                        gate.await();
                                    } catch (InterruptedException e) {
                                        // It does not listen.
                                    }
                                }
                                return Future.succeededFuture();
                            }
                        }
                        """).file("plugin.yaml", """
                        id: keeper
                        version: 1.0.0
                        main: org.example.Keeper
                        api: ^0.1.0
                        category: utility
                        """).build(home.resolve("keeper.jar"));
    }

    @AfterEach
    void letGo() {
        gate.countDown();
        System.getProperties().remove(GATE);
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private RunningNode start(String stuck) throws Exception {
        conf("version: 1\nnode: {steps: {start: 300ms}" + stuck + "}\nplugins: {keeper: {source: ../keeper.jar}}\n");
        ConfSources sources = new ConfSources(home.resolve("conf"), Map.of(), Map.of());
        Vertx reading = Vertx.vertx();
        Shipped shipped = Shipped.in(home.resolve("none"));
        NodeConf conf = done(new ConfReader(reading, sources, shipped).read()).orThrow();
        done(reading.close());
        return done(RunningNode.start(conf, sources, shipped, false, Selection.ALL, kernel -> {
            LostThreads.watch(kernel, conf, ending);
            kernel.events().subscribe("kernel.thread.lost", event -> lost.add((JsonObject) event.body()));
        }));
    }

    private void conf(String yaml) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("conf")).resolve("kernel.yaml"), yaml);
    }

    @Test
    void itEndsItselfOnceThePluginIsQuarantinedAndComesUpWithoutIt() throws Exception {
        RunningNode node = start(", stuck: restart");
        ending.await();
        assertEquals(ExitCode.STUCK, ending.exitCode());
        assertEquals(
                PluginState.QUARANTINED,
                node.kernel().plugin("keeper").orElseThrow().state());
        node.close();
        ending.askFor(ExitCode.OK);
        assertEquals(ExitCode.STUCK, ending.exitCode(), "what was asked first");
        RunningNode again = start(", stuck: restart");
        assertEquals(
                PluginState.QUARANTINED,
                again.kernel().plugin("keeper").orElseThrow().state());
        assertEquals(1, lost.size());
        again.close();
    }

    @Test
    void theCommandEndsWithTheValueThatSaysSo() throws Exception {
        conf("version: 1\nnode: {steps: {start: 300ms}, stuck: restart}\nplugins: {keeper: {source: ../keeper.jar}}\n");
        CliRun run = CliRun.of("run", "--conf", home.resolve("conf").toString());
        assertEquals(75, run.exitCode(), run.err());
    }

    @Test
    void itGoesOnWhereNobodySaysOtherwise() throws Exception {
        RunningNode node = start("");
        Awaitility.await().until(() -> !lost.isEmpty());
        assertEquals("keeper", lost.element().getString("id"));
        assertEquals("DP-0819", lost.element().getString("code"));
        assertFalse(ending.isAsked());
        assertTrue(node.kernel().plugin("keeper").orElseThrow().failure().isPresent());
        node.close();
    }
}
