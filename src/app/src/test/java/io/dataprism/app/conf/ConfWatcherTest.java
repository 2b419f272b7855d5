package io.dataprism.app.conf;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.manifest.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfWatcherTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path conf;

    /** What the watcher told: a node's name for a good configuration, the first problem for a wrong one. */
    private final List<String> told = new CopyOnWriteArrayList<>();

    private final Vertx vertx = Vertx.vertx();
    private Path main;

    @BeforeEach
    void start() throws Exception {
        main = conf.resolve("kernel.yaml");
        named("one");
        watchFrom(read());
    }

    private NodeConf read() throws Exception {
        return get(new ConfReader(vertx, sources(), shipped()).read()).conf().orElseThrow();
    }

    private ConfSources sources() {
        return new ConfSources(conf, Map.of(), Map.of());
    }

    private Shipped shipped() {
        return Shipped.in(conf.resolve("none"));
    }

    private void watchFrom(NodeConf inForce) throws Exception {
        get(ConfWatcher.start(vertx, sources(), shipped(), inForce, new ConfWatcher.Listener() {
            @Override
            public void changed(NodeConf node, List<Problem> warnings) {
                told.add(node.gateway()
                        .map(ConfWatcherTest::token)
                        .orElse(node.kernel().node()));
            }

            @Override
            public void refused(List<Problem> problems) {
                told.add(problems.get(0).toString().replace(conf + "/", ""));
            }
        }));
    }

    /** Between the reading that a node starts with and the first look at the files. */
    @Test
    void aChangeBeforeItBeginsIsToldToo() throws Exception {
        NodeConf inForce = read();
        named("two");
        watchFrom(inForce);
        // by the one of this test and by the one that looked before
        awaitTold("two", "two");
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
    }

    /** The first one's token. */
    private static String token(JsonObject gateway) {
        return gateway.getJsonArray("tokens").getJsonObject(0).getString("token");
    }

    private void named(String name) throws Exception {
        Files.writeString(main, "version: 1\nnode: {name: " + name + "}\n");
    }

    private void awaitTold(String... expected) {
        await().atMost(SOON).untilAsserted(() -> assertEquals(List.of(expected), told));
    }

    @Test
    void tellsEachChangeOnce() throws Exception {
        named("two");
        awaitTold("two");
        named("three");
        awaitTold("two", "three");
        Files.createDirectories(conf.resolve("kernel.d"));
        Files.writeString(conf.resolve("kernel.d/more.yaml"), "version: 1\nnode: {name: four}\n");
        awaitTold("two", "three", "four");
        Files.delete(conf.resolve("kernel.d/more.yaml"));
        awaitTold("two", "three", "four", "three");
    }

    @Test
    void aFileThatIsNotReadDisturbsNothing() throws Exception {
        Files.createDirectories(conf.resolve("kernel.d"));
        Files.writeString(conf.resolve("kernel.d/more.yml"), "version: 1\nnode: {name: four}\n");
        awaitTold("one");
        named("two");
        awaitTold("one", "two");
    }

    @Test
    void aChangedSecretIsAChange() throws Exception {
        Path token = Files.createDirectories(conf.resolve("secrets")).resolve("token");
        Files.writeString(token, "the-first-token-of-ada\n");
        Files.writeString(
                main, "version: 1\ngateway: {port: 0, tokens: [{user: ada, token: \"${file:secrets/token}\"}]}\n");
        awaitTold("the-first-token-of-ada");
        Files.writeString(token, "the-second-token-of-ada\n");
        awaitTold("the-first-token-of-ada", "the-second-token-of-ada");
        Files.delete(token);
        await().atMost(SOON).untilAsserted(() -> assertTrue(last().contains("DP-0915"), told::toString));
        Files.writeString(token, "the-third-token-of-ada\n");
        await().atMost(SOON).untilAsserted(() -> assertEquals("the-third-token-of-ada", last()));
    }

    private String last() {
        return told.get(told.size() - 1);
    }

    @Test
    void aWrongFileIsToldOnceAndAGoodOneAfterIt() throws Exception {
        Files.writeString(main, "version: 1\nnode: {name: [}\n");
        awaitTold("kernel.yaml:2:15: DP-0210 This is not YAML: expected the node content, but found '}'.");
        Files.writeString(main, "version: 1\nnode: {name: [}\n# still\n");
        named("two");
        awaitTold("kernel.yaml:2:15: DP-0210 This is not YAML: expected the node content, but found '}'.", "two");
    }

    @Test
    void aFileThatGoesAwayKeepsTheLastGoodOne() throws Exception {
        Files.delete(main);
        awaitTold("kernel.yaml: DP-0903 There is no such file: expected the node's configuration. Write one"
                + " (docs/configuration.md), or name its folder with --conf.");
        named("two");
        await().atMost(SOON).untilAsserted(() -> assertEquals("two", told.get(told.size() - 1)));
        assertEquals(2, told.size());
    }

    /** Written bit by bit: every beginning of it that is YAML is another configuration, and none of them is one that was meant. */
    @Test
    void aFileThatIsBeingWrittenIsNotTakenBeforeItIsWhole() throws Exception {
        byte[] whole = ("version: 1\nnode:\n  name: two\n  carriers: 3\n" + "# a longer text\n".repeat(20)
                        + "plugins:\n" + "  weather: {enabled: false}\n".repeat(1))
                .getBytes(StandardCharsets.UTF_8);
        Files.write(main, new byte[0]);
        int chunk = 16;
        CountDownLatch written = new CountDownLatch(1);
        writeFrom(whole, 0, chunk, written);
        assertTrue(written.await(30, TimeUnit.SECONDS));
        awaitTold("two");
    }

    private void writeFrom(byte[] whole, int from, int chunk, CountDownLatch written) {
        if (from >= whole.length) {
            written.countDown();
            return;
        }
        vertx.executeBlocking(() -> {
                    byte[] part = Arrays.copyOfRange(whole, from, Math.min(whole.length, from + chunk));
                    return Files.write(main, part, StandardOpenOption.APPEND);
                })
                .compose(done -> vertx.timer(100, TimeUnit.MILLISECONDS))
                .onSuccess(waited -> writeFrom(whole, from + chunk, chunk, written));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
