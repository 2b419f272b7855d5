package io.dataprism.app.node;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dataprism.app.conf.ConfReader;
import io.dataprism.app.conf.ConfSources;
import io.dataprism.app.conf.NodeConf;
import io.dataprism.app.conf.Shipped;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningNodeTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path home;

    /** A plugin whose start waits for a file. */
    private void slow(Path go) {
        new CompiledJar().source("""
                        package org.example;

                        import io.dataprism.api.Plugin;
                        import io.dataprism.api.PluginContext;
                        import io.vertx.core.Future;

                        public final class Slow implements Plugin {
                            @Override
                            public Future<Void> initialize(PluginContext context) {
                                return context.blocking(() -> {
                                    java.nio.file.Path go = java.nio.file.Path.of("%s");
                                    try (var made = go.getFileSystem().newWatchService()) {
                                        go.getParent().register(made, java.nio.file.StandardWatchEventKinds.ENTRY_CREATE);
                                        while (!java.nio.file.Files.exists(go)) {
                                            made.take().reset();
                                        }
                                    }
                                    return null;
                                });
                            }
                        }
                        """.formatted(go)).file("plugin.yaml", """
                        id: slow
                        version: 1.0.0
                        main: org.example.Slow
                        api: ^0.1.0
                        category: utility
                        limits: {steps: {initialize: 90s}}
                        """).build(home.resolve("slow.jar"));
    }

    private void conf(String gateway) throws IOException {
        Path conf = Files.createDirectories(home.resolve("conf"));
        Files.writeString(
                conf.resolve("kernel.yaml"), "version: 1\nplugins: {slow: {source: ../slow.jar}}\n" + gateway);
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(LOOPBACK, port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** Whoever takes a token out of the configuration must not wait for a plugin. */
    @Test
    void theConfigurationIsFollowedWhileAPluginStarts() throws Exception {
        Path go = home.resolve("go");
        slow(go);
        int port = free();
        conf("gateway: {port: " + port + ", tokens: [{user: ada, token: 0123456789abcdef0}]}\n");
        ConfSources sources = new ConfSources(home.resolve("conf"), Map.of(), Map.of());
        Shipped shipped = Shipped.in(home.resolve("none"));
        Vertx reading = Vertx.vertx();
        NodeConf inForce =
                done(new ConfReader(reading, sources, shipped).read()).conf().orElseThrow();
        done(reading.close());
        Future<RunningNode> starting = RunningNode.start(inForce, sources, shipped, false, Selection.ALL, kernel -> {});
        await().atMost(Duration.ofSeconds(30)).until(() -> listens(port));
        conf("");
        await().atMost(Duration.ofSeconds(30)).until(() -> !listens(port));
        assertFalse(starting.isComplete());
        Files.createFile(go);
        done(starting).close();
    }
}
