package io.dataprism.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.testkit.PluginJar;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application of {@code docs/embedding.md}, as it stands there, in a JVM of its own. */
class EmbeddingExampleTest {
    private static final Pattern APPLICATION =
            Pattern.compile("(?ms)^```java\\n(package org\\.example;\\n.*?class App .*?)^```");
    private static final int SECONDS = 60;

    private static final String GREETER = """
            package org.example.greeter;
            import io.dataprism.api.*;
            import io.vertx.core.Future;
            import io.vertx.core.json.JsonObject;
            public final class Greeter implements Plugin {
                @Override public Capabilities capabilities() {
                    return Capabilities.of("greet", call -> Future.succeededFuture(
                            new JsonObject().put("text", "Hello, " + call.json().getString("name") + "!")));
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void printsTheGreetingAndEnds() throws Exception {
        PluginJar.of("greeter")
                .main("org.example.greeter.Greeter")
                .source("org.example.greeter.Greeter", GREETER)
                .capabilities("greet")
                .requests("event-publish:greeter.greeted")
                .version("0.1.0")
                .writeTo(folder);
        assertEquals("{\"text\":\"Hello, Ada!\"}\n", run());
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertTrue(run().contains("greeter-0.1.0.jar"));
    }

    /** All that it prints. */
    private String run() throws Exception {
        compile();
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + File.pathSeparator + System.getProperty("java.class.path"),
                        "org.example.App")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), () -> "It does not end: " + Repository.read(log));
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(log).replaceAll("(?m)^(SLF4J|\\d\\d:|\\d{4}-).*\\R", "");
    }

    private void compile() throws Exception {
        Matcher found = APPLICATION.matcher(Repository.read(Repository.ROOT.resolve("docs/embedding.md")));
        assertTrue(found.find(), "docs/embedding.md has no whole application");
        Path source = folder.resolve("App.java");
        Files.writeString(source, found.group(1));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertEquals(0, failed);
    }
}
