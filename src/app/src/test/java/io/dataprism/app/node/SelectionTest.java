package io.dataprism.app.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.app.conf.ConfReader;
import io.dataprism.app.conf.ConfSources;
import io.dataprism.app.conf.NodeConf;
import io.dataprism.app.conf.Shipped;
import io.dataprism.app.control.ControlClient;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that leaves out something of its configuration: an operator's way in where a plugin keeps the node from working. */
class SelectionTest {
    private static final String TWO =
            "version: 1\nplugins: {base: {source: ../base.jar}, user: {source: ../user.jar}}\n";
    private static final PluginId BASE = new PluginId("base");

    @TempDir
    Path home;

    @BeforeEach
    void write() throws IOException {
        plugin("base", "[]");
        plugin("user", "[{plugin: base}]");
        conf(TWO + "gateway: {port: 0, tokens: [{user: ada, token: 0123456789abcdef0}]}\n");
    }

    private void plugin(String id, String dependencies) {
        new CompiledJar()
                .source("package org.example." + id
                        + ";\npublic final class Main implements io.dataprism.api.Plugin {}\n")
                .file(
                        "plugin.yaml",
                        "id: " + id + "\nversion: 1.0.0\nmain: org.example." + id
                                + ".Main\napi: ^0.1.0\ncategory: utility\ndependencies: " + dependencies + "\n")
                .build(home.resolve(id + ".jar"));
    }

    private void conf(String yaml) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("conf")).resolve("kernel.yaml"), yaml);
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private ConfSources sources() {
        return new ConfSources(home.resolve("conf"), Map.of(), Map.of());
    }

    private NodeConf read() throws Exception {
        Vertx reading = Vertx.vertx();
        NodeConf conf = done(new ConfReader(reading, sources(), Shipped.in(home.resolve("none"))).read())
                .orThrow();
        done(reading.close());
        return conf;
    }

    private RunningNode start(Selection selection) throws Exception {
        return done(
                RunningNode.start(read(), sources(), Shipped.in(home.resolve("none")), false, selection, kernel -> {}));
    }

    private static PluginState state(RunningNode node, String id) {
        return node.kernel().plugin(id).orElseThrow().state();
    }

    private JsonObject ask(String noun, String verb) throws Exception {
        try (ControlClient client = ControlClient.connect(read().data())) {
            return client.invoke(noun, verb, new JsonObject());
        }
    }

    @Test
    void whatIsLeftOutStaysInstalledAndIsNotStartedForOthersEither() throws Exception {
        RunningNode all = start(Selection.ALL);
        assertEquals(PluginState.RUNNING, state(all, "user"));
        assertTrue(all.gatewayPort().isPresent());
        all.close();
        Selection withoutBase = new Selection(false, Set.of(BASE));
        RunningNode some = start(withoutBase);
        try {
            assertEquals(PluginState.INSTALLED, state(some, "user"));
            assertTrue(some.kernel().plugin("user").orElseThrow().waiting().isPresent());
            assertTrue(
                    !state(some, "base").isActive(), () -> state(some, "base").label());
            List<String> told = withoutBase.told(some.kernel(), read());
            assertTrue(
                    told.get(0).endsWith("These need it and wait, or do without where they can: user."),
                    told::toString);
            assertEquals(new JsonArray().add("base"), ask("node", "info").getJsonArray("without"));
            plugin("more", "[]");
            conf(TWO.replace("plugins: {", "plugins: {more: {source: ../more.jar}, "));
            Awaitility.await().until(() -> some.kernel().plugin("more").isPresent());
            Awaitility.await().until(() -> state(some, "more") == PluginState.RUNNING);
            assertTrue(!state(some, "base").isActive(), "the configuration changed, and still names it");
            done(some.kernel().load("base"));
            Awaitility.await().until(() -> state(some, "user") == PluginState.RUNNING);
        } finally {
            some.close();
        }
    }

    @Test
    void safeIsNothingButTheKernel() throws Exception {
        start(Selection.ALL).close();
        Selection nothing = new Selection(true, Set.of());
        RunningNode safe = start(nothing);
        try {
            assertEquals(PluginState.INSTALLED, state(safe, "base"));
            assertEquals(PluginState.INSTALLED, state(safe, "user"));
            assertEquals(Optional.empty(), safe.gatewayPort());
            assertTrue(nothing.told(safe.kernel(), read()).get(0).contains("not started: base, user."));
            assertTrue(ask("config", "status").getBoolean("safe"));
            done(safe.kernel().load("base"));
            assertEquals(PluginState.RUNNING, state(safe, "base"));
        } finally {
            safe.close();
        }
    }

    @Test
    void oneThatNobodyKnowsIsRefusedBeforeAnythingRuns() throws Exception {
        Exception refused =
                assertThrows(ExecutionException.class, () -> start(new Selection(false, Set.of(new PluginId("bass")))));
        PluginException cause = assertInstanceOf(PluginException.class, refused.getCause());
        assertEquals("DP-1030", cause.code());
        assertTrue(String.valueOf(cause.getMessage()).endsWith("Did you mean 'base'?"), cause.getMessage());
        start(new Selection(true, Set.of())).close();
    }
}
