package io.dataprism.attacks.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers on loopback that nobody but an attack visits. Each counts its visitors on a thread of its own. */
final class Canaries implements AutoCloseable {
    private final AtomicInteger visits = new AtomicInteger();
    private final AtomicInteger partings = new AtomicInteger();
    private final ServerSocket plain;
    private final DatagramSocket datagrams;
    private final ServerSocketChannel unix;
    private final HttpServer web;
    private final HttpServer front;

    Canaries(Path unixSocket, String word) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        plain = new ServerSocket(0, 50, here);
        datagrams = new DatagramSocket(new InetSocketAddress(here, 0));
        unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        unix.bind(UnixDomainSocketAddress.of(unixSocket));
        web = HttpServer.create(new InetSocketAddress(here, 0), 0);
        web.createContext("/", exchange -> answer(exchange, word));
        front = HttpServer.create(new InetSocketAddress(here, 0), 0);
        front.createContext("/", this::redirect);
        start("plain canary", this::acceptPlain);
        start("datagram canary", this::acceptDatagrams);
        start("unix canary", this::acceptUnix);
        for (HttpServer server : new HttpServer[] {web, front}) {
            server.setExecutor(Executors.newCachedThreadPool(Canaries::thread));
            server.start();
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "web canary");
        thread.setDaemon(true);
        return thread;
    }

    private static void start(String name, Runnable task) {
        Thread thread = thread(task);
        thread.setName(name);
        thread.start();
    }

    int port() {
        return plain.getLocalPort();
    }

    int datagramPort() {
        return datagrams.getLocalPort();
    }

    int frontPort() {
        return front.getAddress().getPort();
    }

    String webAddress() {
        return "http://127.0.0.1:" + web.getAddress().getPort() + "/";
    }

    int visits() {
        return visits.get();
    }

    private void answer(HttpExchange exchange, String word) throws IOException {
        visits.incrementAndGet();
        byte[] body = word.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "attack/attack");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Location", webAddress());
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void acceptPlain() {
        while (!plain.isClosed()) {
            try (Socket visitor = plain.accept()) {
                visits.incrementAndGet();
                visitor.setSoLinger(true, 0);
            } catch (SocketException e) {
                partings.incrementAndGet(); // a visitor that is gone, or the end, which the loop looks at
            } catch (IOException e) {
                throw new IllegalStateException("The plain canary cannot be visited", e);
            }
        }
    }

    private void acceptDatagrams() {
        while (!datagrams.isClosed()) {
            try {
                datagrams.receive(new DatagramPacket(new byte[2000], 2000));
                visits.incrementAndGet();
            } catch (SocketException e) {
                partings.incrementAndGet(); // the end, which the loop looks at
            } catch (IOException e) {
                throw new IllegalStateException("The datagram canary cannot be visited", e);
            }
        }
    }

    private void acceptUnix() {
        while (unix.isOpen()) {
            try {
                unix.accept().close();
                visits.incrementAndGet();
            } catch (ClosedChannelException e) {
                partings.incrementAndGet(); // the end, which the loop looks at
            } catch (IOException e) {
                throw new IllegalStateException("The unix canary cannot be visited", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        plain.close();
        datagrams.close();
        unix.close();
        web.stop(0);
        front.stop(0);
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            SocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            server.bind(any);
            return server.getLocalPort();
        }
    }
}
