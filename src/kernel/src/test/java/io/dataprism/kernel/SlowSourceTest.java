package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that begins to send an artifact and does not go on holds up whoever wants that artifact, and nobody else. */
final class SlowSourceTest extends KernelTest {
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private byte[] jar;

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(100), Duration.ofMillis(200));
    }

    @BeforeEach
    void serve() throws IOException {
        jar = Files.readAllBytes(PluginJar.of("slow").in(folder));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, jar.length);
        exchange.getResponseBody().write(jar, 0, 10);
        exchange.getResponseBody().flush();
        asked.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.getResponseBody().write(jar, 10, jar.length - 10);
        exchange.close();
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String url(String file) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + file;
    }

    @Test
    void whateverIsFetchedOtherPluginsAreInstalledAndStarted() throws Exception {
        for (int i = 0; i < 20; i++) {
            kernel.install(ArtifactSource.parse(url("slow-" + i + ".jar")));
        }
        asked.await();
        assertEquals(PluginState.RUNNING, load(PluginJar.of("unit")).state());
    }

    @Test
    void theConfigurationBringsUpTheOthersAndThisOneWhenItHasCome() throws Exception {
        Path unit = PluginJar.of("unit").in(folder);
        DesiredState desired = DesiredState.fromJson(new JsonObject()
                .put("slow", new JsonObject().put("source", url("slow.jar")))
                .put("unit", new JsonObject().put("source", unit.toString())));
        await(kernel.apply(desired));
        assertEquals(PluginState.RUNNING, state("unit"));
        await(kernel.apply(desired));
        assertTrue(kernel.plugin("slow").isEmpty());
        goOn.countDown();
        soon().until(() -> kernel.plugin("slow").isPresent());
        awaitState("slow", PluginState.RUNNING);
    }

    @Test
    void anArtifactThatIsBeingFetchedWhenTheKernelClosesIsGivenUp() throws Exception {
        List<Future<?>> installing = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            installing.add(kernel.install(ArtifactSource.parse(url("slow.jar"))));
        }
        asked.await();
        await(kernel.close(Duration.ofSeconds(5)));
        for (Future<?> given : installing) {
            String code = failure(given).code();
            assertTrue(List.of("DP-0230", "DP-0806").contains(code), () -> code + ": " + given.cause());
        }
    }
}
