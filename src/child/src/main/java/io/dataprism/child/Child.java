package io.dataprism.child;

import io.dataprism.child.wire.Kind;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.WireOutput;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A plugin's own process. Reads a token and the path of a socket from its standard input, a line each, connects, and does what the kernel says until the
 * kernel is gone: then it ends at once, whatever it is doing. Behind a wall through which nothing can connect, its standard input is the connection already,
 * and what would have been its standard input is descriptor 3.
 */
public final class Child {
    /** How often it says that it is there. */
    private static final long BEAT_MILLIS = 200;

    private static final String TOLD = "/dev/fd/3";

    private final KernelSocket socket;

    Child(SocketChannel channel) throws IOException {
        this.socket = new KernelSocket(channel);
    }

    /** Runs until the kernel is gone. */
    public static void main(String[] none) throws IOException {
        SocketChannel made = System.inheritedChannel() instanceof SocketChannel socket ? socket : null;
        try (InputStream told = made == null ? System.in : new FileInputStream(TOLD)) {
            BufferedReader in = new BufferedReader(new InputStreamReader(told, StandardCharsets.UTF_8));
            String token = Objects.requireNonNull(in.readLine(), "a token");
            String socket = Objects.requireNonNull(in.readLine(), "the path of a socket");
            new Child(made == null ? SocketChannel.open(UnixDomainSocketAddress.of(socket)) : made).run(token);
        } finally {
            // Not exit: the plugin's hooks could hold it up.
            Runtime.getRuntime().halt(0);
        }
    }

    /** Until the kernel is gone. */
    void run(String token) throws IOException {
        socket.send(new WireOutput().text(token).as(Kind.HELLO, Op.NONE, 0));
        Resident resident = new Resident(socket::send, Child::end);
        Thread beats = new Thread(() -> beat(resident), "beat");
        beats.setDaemon(true);
        socket.read((kind, op, number, content) -> {
            // Nothing but the greeting before the kernel took it: what comes with it would be read with it.
            if (beats.getState() == Thread.State.NEW) {
                beats.start();
            }
            resident.take(kind, op, number, content);
        });
    }

    private static void end() {
        Runtime.getRuntime().halt(0);
    }

    private static void beat(Resident resident) {
        try {
            while (true) {
                resident.beat();
                Thread.sleep(BEAT_MILLIS);
            }
        } catch (InterruptedException e) {
            end();
        }
    }
}
