package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.dataprism.app.conf.ConfReader;
import io.dataprism.app.conf.ConfSources;
import io.dataprism.app.conf.NodeConf;
import io.dataprism.app.conf.Shipped;
import io.dataprism.app.node.RunningNode;
import io.dataprism.app.node.Selection;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The report that an operator attaches to a bug report tells what is needed, and no secret. */
class DoctorBundleTest {
    private static final String OF_ENVIRONMENT = "environment-secret-01";
    private static final String OF_GATEWAY = "gateway-secret-0123456789";
    private static final String OF_CONFIG = "config-secret-02";
    private static final String UNMARKED = "greeting known to nobody";
    private static final String OF_GRANT = "reason-secret-03";
    private static final String IN_LOG = "log-secret-04";
    private static final String THROWN = "thrown by a plugin 05";
    private static final List<String> SECRETS =
            List.of(OF_ENVIRONMENT, OF_GATEWAY, OF_CONFIG, UNMARKED, OF_GRANT, IN_LOG);

    @TempDir
    Path home;

    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        new CompiledJar().source("""
                        package org.example;

                        import io.dataprism.api.Capabilities;
                        import io.dataprism.api.Plugin;
                        import io.dataprism.api.PluginContext;
                        import io.vertx.core.Future;

                        public final class Talker implements Plugin {
                            private PluginContext context;

                            @Override
                            public Future<Void> initialize(PluginContext given) {
                                context = given;
                                return Future.succeededFuture();
                            }

                            @Override
                            public Future<Void> start() {
                                context.log().warn("it is " + context.config().getString("greeting"));
                                context.log().warn("api_key=log-secret-04 with " + context.config().getString("key"));
                                return Future.failedFuture(new IllegalStateException(
                                        "thrown by a plugin 05, password: " + context.config().getString("password")));
                            }
                        }
                        """).file("plugin.yaml", """
                        id: talker
                        version: 1.0.0
                        main: org.example.Talker
                        api: ^0.1.0
                        category: utility
                        permissions: [{permission: "event-publish:talk.*", reason: It talks.}]
                        """).build(home.resolve("talker.jar"));
        Files.writeString(Files.createDirectories(home.resolve("conf")).resolve("kernel.yaml"), """
                version: 1
                plugins:
                  talker:
                    source: ../talker.jar
                    config: {password: %s, greeting: %s, key: "${env:TALKER_KEY}", retries: 3}
                    grants: ["event-publish:talk.*"]
                gateway: {port: 0, tokens: [{user: ada, token: %s}]}
                """.formatted(
                        OF_CONFIG, UNMARKED, OF_GATEWAY));
        ConfSources sources = new ConfSources(home.resolve("conf"), Map.of("TALKER_KEY", OF_ENVIRONMENT), Map.of());
        Vertx reading = Vertx.vertx();
        NodeConf conf = done(new ConfReader(reading, sources, Shipped.in(home.resolve("none"))).read())
                .orThrow();
        done(reading.close());
        node = done(
                RunningNode.start(conf, sources, Shipped.in(home.resolve("none")), false, Selection.ALL, kernel -> {}));
        node.kernel().grants().grant(new PluginId("talker"), "event-publish:more.*", "operator", OF_GRANT);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private CliRun bundle(Path file, String... more) {
        String[] words = new String[more.length + 7];
        System.arraycopy(
                new String[] {
                    "doctor",
                    "--bundle",
                    file.toString(),
                    "--data",
                    home.resolve("data").toString(),
                    "--conf",
                    home.resolve("conf").toString()
                },
                0,
                words,
                0,
                7);
        System.arraycopy(more, 0, words, 7, more.length);
        return CliRun.of(words);
    }

    private static Map<String, String> entries(Path file) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    @Test
    void noSecretIsInItAndWhatIsInItIsListed() throws Exception {
        Path file = home.resolve("report.zip");
        CliRun run = bundle(file);
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        Map<String, String> entries = entries(file);
        assertEquals(
                List.of(
                        "README.txt",
                        "audit-head.json",
                        "checks.json",
                        "configuration.json",
                        "log.txt",
                        "node.json",
                        "plugins/talker.json",
                        "threads.txt",
                        "versions.json"),
                List.copyOf(entries.keySet()));
        entries.keySet().stream().filter(name -> !name.equals("README.txt")).forEach(name -> {
            assertTrue(entries.get("README.txt").contains("  " + name + "  "), name);
            assertTrue(run.out().contains(name), name);
        });
        entries.forEach((name, text) -> {
            SECRETS.forEach(secret -> assertFalse(text.contains(secret), () -> name + " holds " + secret));
            assertFalse(text.contains(THROWN), () -> name + " holds what the plugin threw");
        });
        JsonObject configuration = new JsonObject(entries.get("configuration.json"))
                .getJsonObject("configuration")
                .getJsonObject("plugins")
                .getJsonObject("talker");
        assertEquals(3, configuration.getJsonObject("config").getInteger("retries"));
        assertEquals("(redacted)", configuration.getJsonObject("config").getString("greeting"));
        assertEquals(
                "event-publish:talk.*", configuration.getJsonArray("grants").getString(0));
        JsonObject story = new JsonObject(entries.get("plugins/talker.json"));
        assertEquals("error", story.getString("state"));
        String stack = story.getJsonArray("failures").getJsonObject(0).getString("stack");
        assertTrue(
                stack.startsWith("java.lang.IllegalStateException\nat talker@1.0.0//org.example.Talker.start("), stack);
        assertTrue(entries.get("log.txt").contains(" WARN plugin.talker: (withheld: "), entries.get("log.txt"));
        assertTrue(entries.get("threads.txt").contains("dataprism-lifecycle-"), entries.get("threads.txt"));
        assertTrue(entries.get("audit-head.json").matches("(?s).*\"hash\" : \"[0-9a-f]{64}\".*"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        CliRun again = bundle(file);
        assertTrue(again.err().contains("DP-1031") && again.err().contains("is there already"), again.err());
    }

    @Test
    void whatPluginsSayIsInItOnceThatIsAskedForAndSecretsStillAreNot() throws Exception {
        Path file = home.resolve("report.zip");
        assertEquals(ExitCode.OK, bundle(file, "--with-messages", "--json").exitCode());
        Map<String, String> entries = entries(file);
        assertTrue(entries.get("plugins/talker.json").contains(THROWN));
        assertTrue(entries.get("log.txt").contains("plugin.talker: it is (redacted)"), entries.get("log.txt"));
        assertTrue(entries.get("log.txt").contains(THROWN), entries.get("log.txt"));
        entries.forEach((name, text) -> SECRETS.stream()
                .filter(secret -> !secret.equals(OF_GRANT))
                .forEach(secret -> assertFalse(text.contains(secret), () -> name + " holds " + secret)));
    }

    @Test
    void onePluginLogsMoreUntilTheNodeEnds() throws Exception {
        String data = home.resolve("data").toString();
        CliRun more = CliRun.of("plugins", "log-level", "talker", "DEBUG", "--data", data);
        assertEquals("talker logs from debug on, until the node ends.\n", more.out(), more.err());
        assertTrue(LoggerFactory.getLogger("plugin.talker").isDebugEnabled());
        assertFalse(LoggerFactory.getLogger("plugin.other").isDebugEnabled());
        assertTrue(CliRun.of("plugins", "info", "talker", "--data", data).out().contains("logLevel      debug"));
        CliRun wrong = CliRun.of("plugins", "log-level", "talker", "loud", "--data", data);
        assertTrue(wrong.err().contains("must be one of error, warn, info, debug, default"), wrong.err());
        CliRun unknown = CliRun.of("plugins", "log-level", "talkr", "info", "--data", data);
        assertTrue(unknown.err().contains("Did you mean 'talker'?"), unknown.err());
        CliRun.of("plugins", "log-level", "talker", "default", "--data", data);
        assertFalse(LoggerFactory.getLogger("plugin.talker").isDebugEnabled());
    }
}
