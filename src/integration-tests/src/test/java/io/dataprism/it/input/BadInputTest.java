package io.dataprism.it.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Call;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.PluginJar;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Bad input of every kind: what is said of it, whole and with its code, stands in {@code bad-input.txt}, and after each a plugin that
 * runs beside still answers. Manifests have many more in {@code BadManifestTest}.
 */
class BadInputTest {
    private static final Pattern CASE = Pattern.compile("(?ms)^## (.*?)\\n(.*?)\\s*(?=^## |\\z)");
    private static final Map<String, String> TEXTS = texts();

    private static final Map<String, Bad> CASES = new LinkedHashMap<>();
    private static Vertx vertx;
    private static TestKernel kernel;
    private static PluginUnderTest neighbour;

    /** Something that fails. */
    interface Bad {
        Future<?> happens() throws Exception;
    }

    /** Runs beside. */
    public static final class Neighbour implements Plugin {
        @Override
        public Capabilities capabilities() {
            return Capabilities.of("ping", (Call call) -> Future.succeededFuture("pong"));
        }
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        kernel = TestKernel.on(vertx, KernelOptions.DEFAULT.withNode("bad").withDevMode(true));
        neighbour = kernel.load(PluginJar.of("neighbour").main(Neighbour.class).capabilities("ping"));
        for (String shipped : new String[] {"tables", "files", "charts"}) {
            PluginUnderTest plugin = kernel.install(verticle(shipped));
            (shipped.equals("charts") ? plugin.configured(new JsonObject().put("warm", false)) : plugin).load();
        }
        CASES.putAll(new BadArtifacts(kernel).cases());
        CASES.putAll(new BadRequests(kernel).cases());
        CASES.putAll(new BadNodes(kernel).cases());
    }

    private static Path verticle(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!folder.resolve("verticles").toFile().isDirectory()) {
            folder = folder.getParent();
        }
        return folder.resolve("verticles").resolve(name).resolve("target/classes");
    }

    @AfterAll
    static void end() {
        kernel.close();
        Await.result("Vertx to close", vertx.close());
    }

    private static Map<String, String> texts() {
        try (InputStream file = BadInputTest.class.getResourceAsStream("bad-input.txt")) {
            Map<String, String> texts = new LinkedHashMap<>();
            CASE.matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .forEach(found -> texts.put(found.group(1), found.group(2)));
            return texts;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> isToldWithCodeAndNextStepAndDisturbsNobody() {
        return CASES.entrySet().stream()
                .map(bad -> DynamicTest.dynamicTest(bad.getKey(), () -> isTold(bad.getKey(), bad.getValue())));
    }

    private static void isTold(String name, Bad bad) {
        Throwable failure = Await.failure(name, attempt(bad));
        assertEquals("pong", neighbour.reply("ping", new JsonObject()), "the neighbour answers");
        String code = failure instanceof PluginException known
                ? known.code()
                : failure.getClass().getName();
        assertEquals(TEXTS.get(name), code + " " + stable(String.valueOf(failure.getMessage())));
    }

    private static Future<?> attempt(Bad bad) {
        try {
            return bad.happens();
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    /** Without what is different each time. */
    private static String stable(String text) {
        return text.replace(kernel.folder().toString(), "<folder>")
                .replaceAll("\\b[0-9a-f]{64}\\b", "<sha>")
                .replaceAll("127\\.0\\.0\\.1:\\d+|port \\d+", "<port>")
                .replace(Path.of("").toAbsolutePath().toString(), "<here>")
                .replaceAll("process \\(\\d+\\)", "process (<pid>)");
    }

    @Test
    void thereAreManyAndEachIsTried() {
        assertTrue(TEXTS.size() >= 60, "texts: " + TEXTS.size());
        Set<String> names = new TreeSet<>(TEXTS.keySet());
        assertEquals(names, new TreeSet<>(CASES.keySet()));
    }
}
