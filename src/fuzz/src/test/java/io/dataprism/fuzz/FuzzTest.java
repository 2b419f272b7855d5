package io.dataprism.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.testjars.CompiledJar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What strangers write, for a bounded time: {@code -Dfuzz.seconds=600} for longer. The inputs follow the code's branches (Jazzer), from examples that are
 * right. What breaks a promise is kept in {@code target/fuzz}, and the failure names it.
 */
class FuzzTest {
    private static final String SECONDS = System.getProperty("fuzz.seconds", "3");
    private static final Pattern RUNS = Pattern.compile("Done (\\d+) runs");

    @TempDir
    Path folder;

    private Path corpus;

    private void seed(String name, byte[] bytes) throws IOException {
        corpus = Files.createDirectories(folder.resolve("corpus"));
        Files.write(corpus.resolve(name), bytes);
    }

    private void seed(String name, String text) throws IOException {
        seed(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private record End(int exitCode, String said) {}

    private End fuzz(Class<?> target, String seconds) throws Exception {
        Path found = Files.createDirectories(Path.of("target", "fuzz", target.getSimpleName()));
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:+EnableDynamicAgentLoading",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=io.dataprism.**",
                        "--custom_hook_includes=io.dataprism.**",
                        "--reproducer_path=" + found,
                        "-artifact_prefix=" + found + "/",
                        "-max_total_time=" + seconds,
                        "-timeout=20",
                        "-rss_limit_mb=4096",
                        "-max_len=20000",
                        corpus.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(Long.parseLong(seconds) + 120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new End(process.waitFor(), Files.readString(log));
    }

    /** @param runs how many there must be at least, so that it was a try at all; where the machine is slow it takes longer */
    private void holds(Class<?> target, int runs) throws Exception {
        int seconds = Integer.parseInt(SECONDS);
        End end = fuzz(target, SECONDS);
        for (int tries = 1; end.exitCode == 0 && runs(end) < runs && tries < 3; tries++) {
            seconds *= 4;
            end = fuzz(target, String.valueOf(seconds));
        }
        String said = end.said;
        assertEquals(0, end.exitCode, () -> "What broke it is in target/fuzz. " + said);
        assertTrue(runs(end) >= runs, said);
    }

    private static int runs(End end) {
        Matcher done = RUNS.matcher(end.said);
        return done.find() ? Integer.parseInt(done.group(1)) : 0;
    }

    @Test
    void aFaultIsFound() throws Exception {
        seed("nothing", "x");
        End end = fuzz(Planted.class, "60");
        assertTrue(end.exitCode != 0 && end.said.contains("IllegalStateException: found"), end.said);
    }

    @Test
    void manifests() throws Exception {
        seed("whole", """
                id: reader
                version: 1.2.3
                api: ^0.1.0
                main: com.example.Reader
                category: processing
                capabilities: [transform]
                dependencies:
                  - {plugin: other, version: ^1.0.0, optional: true}
                permissions:
                  - {permission: "file-access:read:data/**", reason: to read}
                limits: {memory: 64MiB}
                activation: {on: onStart}
                config: {type: object, properties: {a: {type: string}}}
                """);
        holds(Manifests.class, 50);
    }

    @Test
    void scopes() throws Exception {
        seed("one", "network-access:https://*.example.com:443");
        seed("two", "file-access:read:data/**\n!file-access:read:data/a/*.csv");
        seed("three", "event-publish:weather.**\nevent-publish:weather.*.x");
        seed("four", "call:tables:transform\n!call:tables");
        holds(Scopes.class, 500);
    }

    @Test
    void jars() throws Exception {
        Path jar = new CompiledJar()
                .source(
                        "package com.example; public class Reader { public static void main(String[] a) { System.exit(1); } }")
                .build(folder.resolve("a.jar"));
        seed("jar", Files.readAllBytes(jar));
        seed("none", "PK");
        holds(Jars.class, 20);
    }

    @Test
    void classes() throws Exception {
        try (InputStream stream = FuzzTest.class.getResourceAsStream("FuzzTest.class")) {
            seed("class", stream.readAllBytes());
        }
        try (InputStream stream = FuzzTest.class.getResourceAsStream("Planted.class")) {
            seed("small", stream.readAllBytes());
        }
        holds(Classes.class, 50);
    }

    @Test
    void framesOfTheBridge() throws Exception {
        seed(
                "publish",
                "{\"type\":\"publish\",\"address\":\"event:weather.x\",\"body\":{\"a\":[1,null,\"b\"]},\"headers\":{\"retained\":true}}");
        seed("register", "{\"type\":\"register\",\"address\":\"event:weather.**\",\"headers\":{}}");
        seed("send", "{\"type\":\"send\",\"address\":\"plugin:nobody:say\",\"replyAddress\":\"r\",\"body\":1}");
        seed("channel", "{\"type\":\"send\",\"address\":\"channel:room:ada\",\"body\":\"x\"}");
        seed("ping", "{\"type\":\"ping\"}");
        holds(Bridge.class, 50);
    }
}
