package io.dataprism.kernel.context;

import static io.dataprism.kernel.context.ContextFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.Http;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.PermissionRule;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hostile plugin, server or owner of a name would try. */
class HostileHttpTest {
    private static final String EVERYWHERE = "network-access:*://*:*";

    @TempDir
    Path root;

    private final AtomicInteger requests = new AtomicInteger();
    private final Set<Object> open = ConcurrentHashMap.newKeySet();
    /** Where each name leads, one answer after the other, the last one for good. */
    private final Map<String, Queue<String>> names = new ConcurrentHashMap<>();

    private final List<String> lookedUp = new ArrayList<>();
    private ContextFixture node;
    private PluginHttp http;
    private int port;

    @BeforeEach
    void open() throws Exception {
        node = new ContextFixture(root);
        node.accounts.open(node.id, 64 << 20);
        HttpServer server = node.vertx
                .createHttpServer()
                .connectionHandler(connection -> {
                    open.add(connection);
                    connection.closeHandler(closed -> open.remove(connection));
                })
                .requestHandler(this::serve);
        port = await(server.listen(0, "127.0.0.1")).actualPort();
        http = http(new HttpClientOptions());
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        node.close();
    }

    private PluginHttp http(HttpClientOptions options) {
        return new PluginHttp(
                node.runtime,
                new PluginHttp.Settings(1_000_000, Duration.ofSeconds(20), this::lookUp, options),
                new WriteQuota(node.id, 1 << 30));
    }

    private Future<List<InetAddress>> lookUp(String host) {
        lookedUp.add(host);
        try {
            Queue<String> answers = names.getOrDefault(host, new ConcurrentLinkedQueue<>(List.of(host)));
            String answer = answers.size() > 1 ? answers.remove() : String.valueOf(answers.peek());
            List<InetAddress> all = new ArrayList<>();
            for (String address : answer.split(" ", -1)) {
                all.add(InetAddress.getByName(address));
            }
            return node.deployment.succeeded(all);
        } catch (UnknownHostException e) {
            return node.deployment.failed(e);
        }
    }

    private void leads(String name, String... answers) {
        names.put(name, new ConcurrentLinkedQueue<>(List.of(answers)));
    }

    private void serve(HttpServerRequest request) {
        requests.incrementAndGet();
        switch (request.path()) {
            case "/host" ->
                request.response()
                        .putHeader("set-cookie", "a=b")
                        .end(request.headers().get("host"));
            case "/cookie" ->
                request.response().end(String.valueOf(request.headers().get("cookie")));
            case "/drip" -> request.response().setChunked(true).write("a drop");
            case "/to" ->
                request.response()
                        .setStatusCode(302)
                        .putHeader("location", request.getParam("where"))
                        .end();
            case "/zipped" -> zipped(request, zip(Buffer.buffer("small").getBytes()));
            case "/bomb" -> zipped(request, zip(new byte[40 << 20]));
            case "/not-zipped" -> zipped(request, Buffer.buffer("this is no gzip"));
            default -> request.response().end("hello");
        }
    }

    private static void zipped(HttpServerRequest request, Buffer bytes) {
        request.response().putHeader("content-encoding", "gzip").end(bytes);
    }

    private static Buffer zip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Buffer.buffer(zipped.toByteArray());
    }

    private Http.Reply get(String url) throws Exception {
        return node.run(() -> http.get(url));
    }

    private String at(String host, String path) {
        return "http://" + host + ":" + port + path;
    }

    private String origin(String host) {
        return "network-access:http://" + host + ":" + port;
    }

    private PermissionDeniedException denied(String url) {
        return assertThrows(PermissionDeniedException.class, () -> get(url), url);
    }

    @Test
    void aNameThatLeadsIntoTheNodesNetworkTakesAGrantThatNamesTheAddress() throws Exception {
        leads("evil.test", "127.0.0.1");
        node.may(origin("evil.test"), "network-access:http://*:*");
        PermissionDeniedException denied = denied(at("evil.test", "/"));
        assertEquals(origin("127.0.0.1"), denied.permission());
        assertTrue(
                String.valueOf(denied.getMessage())
                        .startsWith(
                                "'evil.test' leads to 127.0.0.1, a loopback address, which a grant has to name itself. "
                                        + "Plugin 'p' may not use '"),
                denied.getMessage());
        for (String address : List.of("169.254.169.254", "10.1.2.3", "fd00:ec2::254", "::ffff:192.168.1.1")) {
            leads("evil.test", address);
            denied(at("evil.test", "/"));
        }
        assertEquals(0, requests.get());
        leads("evil.test", "127.0.0.1");
        node.may(origin("evil.test"), origin("127.0.0.1"));
        assertEquals("evil.test:" + port, get(at("evil.test", "/host")).body().toString());
        node.may(origin("localhost"));
        assertEquals("localhost:" + port, get(at("localhost", "/host")).body().toString());
    }

    @Test
    void theAddressThatWasJudgedIsTheOneThatIsConnectedTo() throws Exception {
        node.may(origin("evil.test"), origin("127.0.0.1"), origin("127.0.0.9"));
        // Nobody listens at the second: whoever looked the name up again would end there.
        leads("evil.test", "127.0.0.1", "127.0.0.9");
        assertEquals("evil.test:" + port, get(at("evil.test", "/host")).body().toString());
        assertEquals(List.of("evil.test"), lookedUp);
        node.may(origin("evil.test"), origin("127.0.0.1"));
        // A connection that is kept for the next request is not for where the name leads by then.
        assertEquals(origin("127.0.0.9"), denied(at("evil.test", "/host")).permission());
        assertEquals(1, requests.get());
    }

    @Test
    void ofSeveralAddressesTheFirstThatIsAllowedIsTaken() throws Exception {
        node.may(origin("several.test"), origin("127.0.0.1"));
        leads("several.test", "10.0.0.1 169.254.169.254 127.0.0.1");
        assertEquals("hello", get(at("several.test", "/")).body().toString());
    }

    @Test
    void aDenialOfAnAddressHoldsForTheNamesThatLeadThere() throws Exception {
        node.may(origin("evil.test"), origin("127.0.0.1"));
        node.grants.give(Caller.plugin(node.id), PermissionRule.parse("!network-access:*://127.0.0.1:*"), "test", "");
        leads("evil.test", "127.0.0.1");
        denied(at("evil.test", "/"));
        assertEquals(0, requests.get());
    }

    @Test
    void noSpellingOfAnAddressSlipsPast() {
        node.may(EVERYWHERE);
        for (String host : List.of(
                "127.0.0.1",
                "127.0.0.1.",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::1]",
                "[::]",
                "0.0.0.0",
                "0",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "017700000001",
                "0177.0.0.1",
                "localhost",
                "localhost.",
                "LOCALHOST",
                "a.localhost",
                "user@127.0.0.1",
                "user:pass@localhost",
                "public.test@127.0.0.1",
                "127.0.0.1%00.public.test",
                "127.0.0.1\\@public.test",
                "127.0.0.1\r\nhost: public.test",
                "\uff11\uff12\uff17.0.0.1",
                "127\u30020\u30020\u30021",
                "169.254.169.254")) {
            names.computeIfAbsent("a.localhost", name -> new ConcurrentLinkedQueue<>(List.of("127.0.0.1")));
            PluginException refused = assertThrows(PluginException.class, () -> get(at(host, "/")), host);
            assertTrue(
                    Set.of("DP-0195", "DP-0501", "DP-0503", "DP-0898").contains(refused.code()),
                    host + ": " + refused.getMessage());
        }
        assertEquals(0, requests.get());
    }

    @Test
    void aRedirectIsJudgedAsIfItHadBeenAskedFor() throws Exception {
        node.may(origin("127.0.0.1"), "network-access:http://*:*");
        assertEquals("hello", get(at("127.0.0.1", "/to?where=/hello")).body().toString());
        for (String where : List.of(
                "http://127.0.0.1:1/",
                "https://127.0.0.1:" + port + "/",
                "//localhost:1/",
                "http://169.254.169.254/latest/meta-data")) {
            denied(at("127.0.0.1", "/to?where=" + where));
        }
        for (String where : List.of("ftp://127.0.0.1/", "file:///etc/passwd", "http://a@127.0.0.1/", "jar:x!/")) {
            assertEquals(
                    "DP-0195",
                    assertThrows(PluginException.class, () -> get(at("127.0.0.1", "/to?where=" + where)), where)
                            .code());
        }
        assertEquals(1 + 1 + 4 + 4, requests.get());
    }

    @Test
    void whatIsRevokedEndsAtOnceAndWhatIsKeptForTheNextRequestToo() throws Exception {
        node.may(origin("127.0.0.1"), origin("localhost"));
        get(at("127.0.0.1", "/"));
        get(at("localhost", "/"));
        Future<Http.Reply> dripping = http.get(at("127.0.0.1", "/drip"));
        Awaitility.await().until(() -> requests.get() == 3);
        assertFalse(dripping.isComplete());
        long before = System.nanoTime();
        node.grants.revoke(node.id, origin("127.0.0.1"));
        PermissionDeniedException told = assertThrows(PermissionDeniedException.class, () -> await(dripping));
        assertEquals(origin("127.0.0.1"), told.permission());
        // That of the other name stays.
        Awaitility.await().until(() -> open.size() == 1);
        assertTrue(System.nanoTime() - before < 2_000_000_000L, "it took too long");
        assertEquals("hello", get(at("localhost", "/")).body().toString());
        assertFalse(http.isUnderWay());
    }

    @Test
    void aBombIsNotUnpackedFurtherThanThereMayBe() throws Exception {
        node.may(origin("127.0.0.1"));
        Http.Reply reply = get(at("127.0.0.1", "/zipped"));
        assertEquals("small", reply.body().toString());
        assertNull(reply.headers().get("content-encoding"));
        assertEquals(
                "DP-0197",
                assertThrows(PluginException.class, () -> get(at("127.0.0.1", "/bomb")))
                        .code());
        assertEquals(
                "DP-0899",
                assertThrows(PluginException.class, () -> get(at("127.0.0.1", "/not-zipped")))
                        .code());
        Path file = node.workFolder.resolve("x");
        node.run(() -> http.download(at("127.0.0.1", "/zipped"), file));
        assertEquals("small", Files.readString(file));
        assertEquals(
                "DP-0197",
                assertThrows(PluginException.class, () -> node.run(() -> http.download(at("127.0.0.1", "/bomb"), file)))
                        .code());
        assertEquals("small", Files.readString(file));
        try (var all = Files.list(node.workFolder)) {
            assertEquals(List.of(file), all.toList());
        }
        Awaitility.await().until(() -> node.runtime.memory().used() == 0);
    }

    @Test
    void whatIsHeldOfAnAnswerIsOnThePluginsAccount() throws Exception {
        node.may(origin("127.0.0.1"));
        node.accounts.open(node.id, 3);
        assertEquals(
                "DP-0601",
                assertThrows(PluginException.class, () -> get(at("127.0.0.1", "/")))
                        .code());
        assertEquals(0, node.runtime.memory().used());
    }

    @Test
    void cookiesAreNotKept() throws Exception {
        node.may(origin("127.0.0.1"));
        assertEquals("a=b", get(at("127.0.0.1", "/host")).headers().get("set-cookie"));
        assertEquals("null", get(at("127.0.0.1", "/cookie")).body().toString());
    }

    private int raw(String answer, boolean withoutEnd) throws Exception {
        return await(node.vertx
                        .createNetServer()
                        .connectHandler(socket -> socket.handler(request -> {
                            socket.write(answer);
                            if (withoutEnd) {
                                goOn(socket);
                            }
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    private static void goOn(NetSocket socket) {
        socket.write("x-" + "y".repeat(1_000) + ": z\r\n").onSuccess(written -> goOn(socket));
    }

    @Test
    void headersWithoutEndEnd() throws Exception {
        int other = raw("HTTP/1.1 200 OK\r\n", true);
        node.may("network-access:http://127.0.0.1:" + other);
        assertThrows(Exception.class, () -> get("http://127.0.0.1:" + other + "/"));
    }

    @Test
    void whatIsNoHttpEnds() throws Exception {
        int other = raw("SSH-2.0-x\r\n\r\n", false);
        node.may("network-access:http://127.0.0.1:" + other);
        assertThrows(Exception.class, () -> get("http://127.0.0.1:" + other + "/"));
    }

    /** A certificate of its own for good.test. */
    private PfxOptions certificate() throws Exception {
        Path store = root.resolve("store.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "x",
                        "-dname",
                        "CN=good.test",
                        "-ext",
                        "san=dns:good.test",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertEquals(0, made.waitFor());
        return new PfxOptions().setPath(store.toString()).setPassword("changeit");
    }

    @Test
    void aCertificateMustBeTrustedAndOfTheNameThatWasAskedFor() throws Exception {
        PfxOptions own = certificate();
        int tls = await(node.vertx
                        .createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(own))
                        .requestHandler(this::serve)
                        .listen(0, "127.0.0.1"))
                .actualPort();
        leads("good.test", "127.0.0.1");
        leads("other.test", "127.0.0.1");
        node.may(
                "network-access:https://good.test:" + tls,
                "network-access:https://other.test:" + tls,
                "network-access:https://127.0.0.1:" + tls);
        assertInstanceOf(
                SSLException.class, assertThrows(Exception.class, () -> get("https://good.test:" + tls + "/host")));
        assertEquals(0, requests.get());
        PluginHttp trusting = http(new HttpClientOptions().setTrustOptions(own));
        assertEquals(
                "good.test:" + tls,
                node.run(() -> trusting.get("https://good.test:" + tls + "/host"))
                        .body()
                        .toString());
        for (String other : List.of("other.test", "127.0.0.1")) {
            assertThrows(Exception.class, () -> node.run(() -> trusting.get("https://" + other + ":" + tls + "/host")));
        }
        assertEquals(1, requests.get());
        trusting.close();
    }
}
