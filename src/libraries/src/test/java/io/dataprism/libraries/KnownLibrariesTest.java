package io.dataprism.libraries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.agent.Agent;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each library of the table at work in a plugin of a sandboxed node with the agent, in one JVM; with no more than it takes, and not with less. */
class KnownLibrariesTest {
    @TempDir
    static Path folder;

    private static final List<JsonObject> SAID = new ArrayList<>();

    @BeforeAll
    static void run() throws Exception {
        Path jars = Files.createDirectories(folder.resolve("jars"));
        LibraryPlugins plugins = new LibraryPlugins(jars);
        for (KnownLibrary library : KnownLibrary.all()) {
            plugins.of(library);
        }
        Path errors = folder.resolve("errors.log");
        Process node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-javaagent:" + agent(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LibraryNode.class.getName(),
                        jars.toString(),
                        folder.resolve("node").toString())
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
            // A library may print as well
            reader.lines()
                    .filter(line -> line.startsWith("said "))
                    .forEach(line -> SAID.add(new JsonObject(line.substring("said ".length()))));
        } finally {
            node.destroyForcibly();
        }
        assertFalse(SAID.isEmpty(), () -> read(errors));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A jar that says what the JVM starts; the class is on the class path. */
    private static Path agent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Agent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve("agent.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private static JsonObject said(String library, String without) {
        return SAID.stream()
                .filter(line -> line.getString("library").equals(library)
                        && line.getString("without", "").equals(without))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing was said of " + library + ". " + SAID.get(0)));
    }

    @Test
    void bothLayersAreThereForThirtyAndMore() throws Exception {
        assertTrue(SAID.get(0).getBoolean("checked"));
        List<KnownLibrary> all = KnownLibrary.all();
        assertTrue(all.size() > 30, () -> "libraries: " + all.size());
        long none = all.stream().filter(library -> library.takes().isEmpty()).count();
        assertTrue(none >= 30, () -> "with nothing granted: " + none);
    }

    @TestFactory
    Stream<DynamicTest> eachDoesWhatItIsFor() throws Exception {
        return KnownLibrary.all().stream()
                .map(library -> DynamicTest.dynamicTest(library.name(), () -> {
                    JsonObject said = said(library.name(), "");
                    assertEquals(library.answers(), said.getString("answer"), said::encodePrettily);
                }));
    }

    @TestFactory
    Stream<DynamicTest> noneDoesWithoutWhatItTakes() throws Exception {
        return KnownLibrary.all().stream()
                .flatMap(library -> library.takes().keySet().stream()
                        .map(permission -> DynamicTest.dynamicTest(library.name() + " without " + permission, () -> {
                            JsonObject said = said(library.name(), permission);
                            assertFalse(said.containsKey("answer"), said::encodePrettily);
                            assertTrue(said.getString("failure").contains("CallException"), said::encodePrettily);
                        })));
    }
}
