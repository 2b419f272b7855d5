package io.dataprism.it.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.testkit.PluginJar;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application outside this build embeds the kernel and finds nothing of its own changed: bus traffic, interceptors, metrics, timers,
 * verticles, shutdown.
 */
class OutsideApplicationIT {
    private static final String GREETER = """
            package outside.greeter;
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
    static Path folder;

    private static Path host;
    private static Path plugin;

    @BeforeAll
    static void buildTheApplication() {
        host = copy(Path.of("src/test/outside/host"), folder.resolve("host"));
        BuiltArtifacts.in(folder)
                .maven(
                        host,
                        "package",
                        "-Ddataprism.version=" + System.getProperty("it.version"),
                        "-Dvertx.version=" + System.getProperty("it.vertx"),
                        "-Dcompiler.version=" + System.getProperty("it.compiler"))
                .mustSucceed();
        plugin = PluginJar.of("greeter")
                .main("outside.greeter.Greeter")
                .source("outside.greeter.Greeter", GREETER)
                .capabilities("greet")
                .requests("event-publish:greeter.greeted")
                .writeTo(folder);
    }

    @Test
    void onTheClassPath() {
        String path = host.resolve("target/classes") + File.pathSeparator + host.resolve("target/lib") + "/*";
        Command run = Command.java(folder, "-cp", path, "outside.host.HostApplication", plugin.toString());
        assertNothingChanged(run.mustSucceed());
    }

    @Test
    void onTheModulePath() {
        String path = host.resolve("target/classes") + File.pathSeparator + host.resolve("target/lib");
        Command run = Command.java(
                folder,
                "@" + BuiltArtifacts.ROOT.resolve("docs/module-path.args"),
                "-p",
                path,
                "-m",
                "outside.host/outside.host.HostApplication",
                plugin.toString());
        assertNothingChanged(run.mustSucceed());
    }

    private static void assertNothingChanged(Command run) {
        List<String> said = run.output()
                .lines()
                .filter(line -> line.startsWith("HOST "))
                .map(line -> line.substring("HOST ".length()))
                .filter(line -> !line.startsWith("promise "))
                .toList();
        assertEquals(
                List.of(
                        "traffic before 100 100",
                        "greeting Hello, Ada!",
                        "traffic while the kernel runs 100 100",
                        "raw bus Hello, Bob!",
                        "traffic after the kernel 100 100",
                        "footprint unchanged",
                        "closed 1",
                        "threads []"),
                said,
                run.output());
        assertTrue(run.output().contains("HOST promise "), "the kernel says what it promises here");
    }

    private static Path copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
