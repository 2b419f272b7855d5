package io.dataprism.app;

import io.dataprism.testjars.CompiledJar;
import java.nio.file.Path;

/** Jars of a small plugin for tests of running nodes: it greets, and tells of it. */
final class NodePlugin {
    private static final String GRANTED = "event-publish:greeting.hello";

    private NodePlugin() {}

    /** One that does all it should. */
    static Path greeter(Path jar, String version) {
        return build(jar, version, "return Future.succeededFuture();", "return Future.succeededFuture();");
    }

    /** One whose start fails. */
    static Path failing(Path jar, String version) {
        return build(
                jar,
                version,
                "return Future.failedFuture(new IllegalStateException(\"no greeting today\"));",
                "return Future.succeededFuture();");
    }

    /** One that tells everybody the setting {@code token}: it logs it, fails each call with it, and a start with the setting {@code stay}. */
    static Path talkative(Path jar) {
        return build(jar, "0.1.0", """
                String token = context.config().getString("token");
                context.log().info("The token is " + token);
                context.log().error("It leaks", new IllegalStateException("still " + token));
                return context.config().containsKey("stay")
                        ? Future.succeededFuture()
                        : Future.failedFuture(new IllegalStateException("no start with " + token));
                """, "return Future.succeededFuture();");
    }

    /** One whose stop takes longer than anybody waits. */
    static Path stubborn(Path jar, String version) {
        return build(
                jar,
                version,
                "return Future.succeededFuture();",
                "return io.vertx.core.Promise.<Void>promise().future();");
    }

    /** One whose start waits for a file. */
    static Path waiting(Path jar, Path file) {
        return build(jar, "0.1.0", """
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
                """.formatted(file), "return Future.succeededFuture();");
    }

    /** {@code guests}, which depends on the greeter and does nothing. */
    static Path guests(Path jar) {
        return new CompiledJar()
                .source("package org.example;\n\npublic final class Guests implements io.dataprism.api.Plugin {}\n")
                .file("plugin.yaml", """
                        id: guests
                        version: 1.0.0
                        main: org.example.Guests
                        api: ^0.1.0
                        category: utility
                        dependencies: [{plugin: greeter}]
                        """)
                .build(jar);
    }

    private static Path build(Path jar, String version, String start, String stop) {
        return new CompiledJar()
                .source("""
                        package org.example;

                        import io.dataprism.api.Capabilities;
                        import io.dataprism.api.Plugin;
                        import io.dataprism.api.PluginContext;
                        import io.vertx.core.Future;
                        import io.vertx.core.json.JsonObject;

                        public final class Greeter implements Plugin {
                            private PluginContext context;

                            @Override
                            public Future<Void> initialize(PluginContext given) {
                                context = given;
                                return Future.succeededFuture();
                            }

                            @Override
                            public Future<Void> start() {
                                %s
                            }

                            @Override
                            public Future<Void> stop() {
                                %s
                            }

                            @Override
                            public Capabilities capabilities() {
                                return Capabilities.of("greet", call -> {
                                    JsonObject answer =
                                            new JsonObject().put("text", "Hello, " + call.json().getString("name") + "!");
                                    return context.events().publish("greeting.hello", answer).map(answer);
                                });
                            }
                        }
                        """.formatted(start, stop))
                .file("plugin.yaml", """
                        id: greeter
                        version: %s
                        main: org.example.Greeter
                        api: ^0.1.0
                        category: utility
                        description: Greets.
                        capabilities: [greet]
                        permissions: [{permission: "%s", reason: Tells who was greeted.}]
                        limits: {steps: {start: 90s, stop: 50s}}
                        """.formatted(version, GRANTED))
                .build(jar);
    }
}
