package io.dataprism.kernel.context;

import static io.dataprism.kernel.context.ContextFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Http;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.resource.Countable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginHttpTest {
    @TempDir
    Path root;

    private Path folder;

    private final Promise<Void> dripped = Promise.promise();
    private volatile boolean dripping;
    private ContextFixture node;
    private int port;

    @BeforeEach
    void open() throws Exception {
        node = new ContextFixture(root);
        folder = node.workFolder;
        node.accounts.open(node.id, 64 << 20);
        HttpServer server = node.vertx.createHttpServer().requestHandler(this::serve);
        port = await(server.listen(0, "127.0.0.1")).actualPort();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private void serve(HttpServerRequest request) {
        switch (request.path()) {
            case "/hello" -> request.response().putHeader("X-One", "1").end("hello");
            case "/missing" -> request.response().setStatusCode(404).end("no");
            case "/to-hello" -> redirect(request, "/hello");
            case "/to-localhost" -> redirect(request, "http://localhost:" + port + "/hello");
            case "/round" -> redirect(request, "/round");
            case "/never" -> {}
            case "/drip" -> {
                request.connection().closeHandler(closed -> dripped.tryComplete());
                dripping = true;
                request.response().setChunked(true).write("a drop");
            }
            case "/big" -> request.response().end(Buffer.buffer(new byte[17 * 1024 * 1024]));
            case "/cut" -> {
                request.response().putHeader("content-length", "1000").write("part");
                request.connection().close();
            }
            default -> request.response().setStatusCode(500).end();
        }
    }

    private static void redirect(HttpServerRequest request, String to) {
        request.response().setStatusCode(302).putHeader("location", to).end();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** All of the internet, and this machine's server by its address. */
    private void mayBoth() {
        node.may("network-access", "network-access:http://127.0.0.1:" + port);
    }

    private PluginHttp http(long mostDownloaded, Duration patience) {
        return new PluginHttp(
                node.runtime,
                new PluginHttp.Settings(
                        mostDownloaded,
                        patience,
                        NameLookup.on(new BlockingWork(node.runtime)),
                        new HttpClientOptions()),
                new WriteQuota(node.id, ContextFixture.MOST_WRITTEN));
    }

    private Http.Reply get(String path) throws Exception {
        return node.run(() -> node.context.http().get(url(path)));
    }

    @Test
    void noMoreRequestsAreUnderWayThanAPluginMayHave() throws Exception {
        node.may("network-access:http://127.0.0.1:" + port);
        Http http = node.context.http();
        List<Future<Http.Reply>> waiting = new ArrayList<>();
        for (int i = 0; i < Countable.REQUESTS.usual(); i++) {
            waiting.add(http.get(url("/never")));
        }
        Future<Http.Reply> refused = http.get(url("/hello"));
        PluginException tooMuch = assertThrows(PluginException.class, () -> await(refused));
        assertEquals("DP-0199", tooMuch.code());
        assertEquals(
                "Plugin 'p' has 1000 requests under way, which is the most. Wait for what was begun before beginning more.",
                tooMuch.getMessage());
        node.context.close();
        for (Future<Http.Reply> ended : waiting) {
            assertThrows(Exception.class, () -> await(ended));
        }
        assertFalse(node.context.isWorking());
    }

    /** Its connection would be of no use to anybody for as long as the server likes. */
    @Test
    void whatTakesTooLongIsLetGo() throws Exception {
        node.may("network-access:http://127.0.0.1:" + port);
        // Where the machine is too busy for it to be asked for at all, once more.
        for (int millis = 100; !dripping; millis *= 2) {
            PluginHttp impatient = http(1_000_000, Duration.ofMillis(millis));
            assertThrows(TimeoutException.class, () -> node.run(() -> impatient.get(url("/drip"))));
        }
        await(dripped.future());
    }

    @Test
    void fetchesWhatWasGrantedAndAnswersInASlice() throws Exception {
        node.may("network-access:http://127.0.0.1:" + port);
        boolean inSlice = node.run(() -> node.context.http().get(url("/hello")).map(reply -> {
            assertEquals(200, reply.status());
            assertEquals("hello", reply.body().toString());
            assertEquals("1", reply.headers().get("x-one"));
            return node.deployment.mailbox().inSlice();
        }));
        assertTrue(inSlice);
        assertEquals(404, get("/missing").status());
        assertEquals("hello", get("/to-hello").body().toString());
    }

    @Test
    void eachPlaceOnTheWayNeedsItsOwnPermission() throws Exception {
        assertThrows(PermissionDeniedException.class, () -> get("/hello"));
        node.may("network-access:http://127.0.0.1:" + port);
        PermissionDeniedException denied = assertThrows(PermissionDeniedException.class, () -> get("/to-localhost"));
        assertEquals("network-access:http://localhost:" + port, denied.permission());
        node.may("network-access:http://127.0.0.1:" + port, "network-access:http://localhost:*");
        assertEquals("hello", get("/to-localhost").body().toString());
    }

    @Test
    void endlessRedirectsAndBodiesThatAreTooLargeEnd() throws Exception {
        mayBoth();
        assertEquals(
                "DP-0196",
                assertThrows(PluginException.class, () -> get("/round")).code());
        assertEquals(
                "DP-0197",
                assertThrows(PluginException.class, () -> get("/big")).code());
        assertThrows(Exception.class, () -> get("/cut"));
    }

    @Test
    void whatIsNoUrlIsRefused() {
        node.may("network-access");
        for (String url :
                List.of("file:///etc/passwd", "hello", "http://", "http://a b", "http://u:p@127.0.0.1/", "ftp://x/y")) {
            Future<Http.Reply> refused = node.context.http().get(url);
            assertEquals(
                    "DP-0195",
                    assertThrows(PluginException.class, () -> await(refused), url)
                            .code());
        }
    }

    @Test
    void whatIsNotEvenAUrlIsAnsweredAndKeepsNoPlace() throws Exception {
        node.may("network-access");
        Future<Http.Reply> refused = node.context.http().get(null);
        assertThrows(NullPointerException.class, () -> await(refused));
        assertFalse(node.context.isWorking());
    }

    @Test
    void aDownloadIsThereWhollyOrNotAtAll() throws Exception {
        mayBoth();
        Path file = folder.resolve("hello.txt");
        assertEquals(
                200,
                node.run(() -> node.context.http().download(url("/hello"), file))
                        .status());
        assertEquals("hello", Files.readString(file));
        assertThrows(
                Exception.class,
                () -> node.run(() -> node.context.http().download(url("/cut"), folder.resolve("cut"))));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aDownloadStaysInTheWorkFolder() throws Exception {
        mayBoth();
        for (Path outside : List.of(Path.of("/tmp/elsewhere"), folder.resolve("../elsewhere"), folder)) {
            assertEquals(
                    "DP-0198",
                    assertThrows(
                                    PluginException.class,
                                    () -> node.run(() -> node.context.http().download(url("/hello"), outside)))
                            .code());
        }
        Files.createSymbolicLink(folder.resolve("link"), folder.getParent());
        assertThrows(
                PluginException.class,
                () -> node.run(() -> node.context.http().download(url("/hello"), folder.resolve("link/x"))));
        assertFalse(Files.exists(folder.getParent().resolve("x")));
    }

    @Test
    void aDownloadThatIsTooLargeIsCutOff() throws Exception {
        mayBoth();
        PluginHttp small = http(1_000_000, Duration.ofMinutes(1));
        PluginException cut = assertThrows(
                PluginException.class, () -> node.run(() -> small.download(url("/big"), folder.resolve("big"))));
        assertEquals("DP-0197", cut.code());
        assertEquals(
                "Plugin 'p' was sent more than 1000000 bytes for 'big', which is the most that a download may have. Ask for"
                        + " a part of it.",
                cut.getMessage());
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
        assertEquals(
                200,
                node.run(() -> small.download(url("/hello"), folder.resolve("hello")))
                        .status());
        small.close();
    }
}
