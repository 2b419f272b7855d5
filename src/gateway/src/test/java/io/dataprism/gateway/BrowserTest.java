package io.dataprism.gateway;

import static io.dataprism.gateway.BridgedKernel.ADA;
import static io.dataprism.gateway.BridgedKernel.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example page of docs/bridge.md in a real Chromium, word for word but for address and token. */
final class BrowserTest {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "bridge.md");
    private static final Pattern PAGE = Pattern.compile("```html\\n(.*?)```", Pattern.DOTALL);
    /** Tells the test what the page shows. */
    private static final String OBSERVER = """
            <script>
              new MutationObserver(() => fetch('/shown', { method: 'POST', body: document.getElementById('log').innerText }))
                .observe(document.getElementById('log'), { childList: true });
            </script>
            """;

    private final Vertx pages = Vertx.vertx();
    private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();

    private String last = "nothing";

    @TempDir
    Path profile;

    @AfterEach
    void close() {
        await(pages.close());
    }

    @Test
    void theExampleOfTheDocumentationWorks() throws Exception {
        Path modules = NpmClient.install().resolve("node_modules");
        AtomicReference<String> page = new AtomicReference<>("");
        HttpServer server = await(pages.createHttpServer()
                .requestHandler(request -> serve(request, modules, page.get()))
                .listen(0, "127.0.0.1"));
        String origin = "http://127.0.0.1:" + server.actualPort();
        try (BridgedKernel kernel = new BridgedKernel(options -> options.withOrigins(Set.of(origin)))) {
            page.set(page(kernel));
            Channel room = await(kernel.host.channels().create("room", Set.of("user:ada")));
            Process chromium = chromium(origin + "/");
            try {
                awaitShown("the plugin says {\"hello\":\"plugin\"}");
                awaitShown("weather.update: 21 °C");
                assertEquals(
                        "hello from the page",
                        await(room.request("user:ada", "hi", CallOptions.within(Duration.ofSeconds(20)))));
                awaitShown("host says hi");
            } finally {
                chromium.destroy();
                assertTrue(chromium.waitFor(20, TimeUnit.SECONDS), "Chromium did not end");
            }
        }
    }

    private static String page(BridgedKernel kernel) {
        try {
            Matcher matcher = PAGE.matcher(Files.readString(DOCUMENT));
            assertTrue(matcher.find(), "docs/bridge.md has no example page");
            String page = matcher.group(1);
            assertTrue(page.contains("http://127.0.0.1:7780/eventbus?token=YOUR-TOKEN"));
            return page.replace("http://127.0.0.1:7780/eventbus?token=YOUR-TOKEN", kernel.url(ADA)) + OBSERVER;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void serve(HttpServerRequest request, Path modules, String page) {
        switch (request.path()) {
            case "/" ->
                request.response().putHeader("Content-Type", "text/html").end(page);
            case "/sockjs.min.js" ->
                request.response()
                        .sendFile(modules.resolve("sockjs-client/dist/sockjs.min.js")
                                .toString());
            case "/vertx-eventbus.js" ->
                request.response()
                        .sendFile(modules.resolve("@vertx/eventbus-bridge-client.js/vertx-eventbus.js")
                                .toString());
            case "/shown" ->
                request.body().onSuccess(body -> {
                    shown.add(body.toString());
                    request.response().end();
                });
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void awaitShown(String line) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!last.contains(line) && System.nanoTime() < deadline) {
            String text = shown.poll(1, TimeUnit.SECONDS);
            last = text == null ? last : text;
        }
        if (last.contains(line)) {
            return;
        }
        throw new AssertionError("The page does not show '" + line + "', but: " + last);
    }

    private Process chromium(String url) throws java.io.IOException {
        List<String> command = List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                url);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolve("chromium.log").toFile())
                    .start();
        } catch (java.io.IOException e) {
            throw new AssertionError("This test needs Chromium on the PATH (Debian: apt-get install chromium).", e);
        }
    }
}
