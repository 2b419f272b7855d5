package io.dataprism.child;

import io.dataprism.child.wire.FrameReader;
import io.dataprism.child.wire.FrameSender;
import io.dataprism.child.wire.Kind;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.WireOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A plugin's own process. Reads a token and the path of a socket from its standard input, a line each, connects, and does what the kernel says until the
 * kernel is gone: then it ends at once, whatever it is doing.
 */
public final class Child {
    /** How often it says that it is there. */
    private static final long BEAT_MILLIS = 200;

    private final SocketChannel channel;
    private final FrameSender sender;

    private Child(SocketChannel channel) {
        this.channel = channel;
        this.sender = new FrameSender(channel);
    }

    /** Runs until the kernel is gone. */
    public static void main(String[] none) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String token = Objects.requireNonNull(in.readLine(), "a token");
        String socket = Objects.requireNonNull(in.readLine(), "the path of a socket");
        try {
            new Child(SocketChannel.open(UnixDomainSocketAddress.of(socket))).run(token);
        } finally {
            // Not exit: the plugin's hooks could hold it up.
            Runtime.getRuntime().halt(0);
        }
    }

    private void run(String token) throws IOException {
        sender.send(new WireOutput().text(token).as(Kind.HELLO, Op.NONE, 0));
        Resident resident = new Resident(sender::send, Child::end);
        Thread beats = new Thread(() -> beat(resident), "beat");
        beats.setDaemon(true);
        beats.start();
        FrameReader reader = new FrameReader(channel, resident::take);
        while (reader.read() >= 0) {
            // Frames are taken where they are read.
        }
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
