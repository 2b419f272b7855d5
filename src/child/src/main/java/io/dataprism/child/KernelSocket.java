package io.dataprism.child;

import io.dataprism.child.wire.FrameReader;
import io.dataprism.child.wire.FrameSender;
import io.dataprism.child.wire.WireOutput;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * The child's end of the connection. One thread reads, and writes what the kernel did not take at once. Whoever sends while much waits is held until the
 * kernel has taken it. Safe to use from any thread.
 *
 * <p>The channel does not block: on one that does, a thread that was interrupted would close the connection for all by saying something.
 */
final class KernelSocket {
    /** Bytes that may wait for the kernel before whoever has more to say is held. */
    private static final long MOST_UNREAD = 4 << 20;

    private final SocketChannel channel;
    private final Selector selector;
    private final FrameSender sender;
    private final Object room = new Object();
    private volatile int held;
    private volatile boolean blocked;
    private volatile boolean over;
    private volatile Thread reader = Thread.currentThread();

    KernelSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        this.sender = new FrameSender(channel);
    }

    void send(WireOutput frame) throws IOException {
        if (!sender.send(frame)) {
            blocked = true;
            selector.wakeup();
        }
        letGo();
        if (sender.waitingBytes() > MOST_UNREAD && Thread.currentThread() != reader) {
            awaitRoom();
        }
    }

    private void letGo() {
        if (held > 0) {
            synchronized (room) {
                room.notifyAll();
            }
        }
    }

    private void awaitRoom() {
        boolean interrupted = false;
        synchronized (room) {
            held++;
            while (!over && sender.waitingBytes() > MOST_UNREAD) {
                try {
                    room.wait();
                } catch (InterruptedException e) {
                    // It is for what comes after.
                    interrupted = true;
                }
            }
            held--;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hand over what comes until nothing more does. */
    void read(FrameReader.Taker taker) throws IOException {
        reader = Thread.currentThread();
        FrameReader frames = new FrameReader(channel, taker);
        try (selector) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            for (int read = frames.read(); read >= 0; read = frames.read()) {
                // What waits to be written must not wait for the kernel to say nothing.
                if (read == 0 || blocked) {
                    await(key);
                }
            }
        } finally {
            over = true;
            letGo();
        }
    }

    private void await(SelectionKey key) throws IOException {
        int wanted = blocked ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
        selector.select();
        selector.selectedKeys().clear();
        // Nobody has to say anything to this thread; an interrupt that stays would let it turn in circles.
        Thread.interrupted();
        if (blocked && key.isWritable()) {
            // In this order: somebody else may find no room before this is back.
            blocked = false;
            if (!sender.resume()) {
                blocked = true;
            }
            letGo();
        }
    }
}
