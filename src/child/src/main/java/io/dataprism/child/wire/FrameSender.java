package io.dataprism.child.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames, many at once where many come: whoever finds that somebody writes leaves his frame to that one. Safe to use from any thread.
 *
 * <p>Where the channel takes no more without blocking, whoever is told so goes on with {@link #resume} once it does.
 */
public final class FrameSender {
    private static final int ROOM = 1 << 16;

    private final WritableByteChannel channel;
    private final Queue<WireOutput> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger frames = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean broken;

    // Of whoever writes.
    private final ByteBuffer room = ByteBuffer.allocateDirect(ROOM);
    private @Nullable WireOutput current;
    private int written;
    private int finished;

    public FrameSender(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** Bytes of frames that wait. */
    public long waitingBytes() {
        return bytes.get();
    }

    /**
     * Write {@code frame}, or leave it to who writes.
     *
     * @return false where the channel takes no more now, and nobody goes on before {@link #resume}
     */
    public boolean send(WireOutput frame) throws IOException {
        if (broken) {
            throw new IOException("the connection is closed");
        }
        bytes.addAndGet(frame.length());
        waiting.add(frame);
        return frames.getAndIncrement() != 0 || write();
    }

    /** Go on after {@link #send} or this returned false. */
    public boolean resume() throws IOException {
        return write();
    }

    private boolean write() throws IOException {
        try {
            while (true) {
                fill();
                room.flip();
                while (room.hasRemaining()) {
                    if (channel.write(room) == 0) {
                        room.compact();
                        return false;
                    }
                }
                room.clear();
                if (current == null) {
                    int done = finished;
                    finished = 0;
                    if (frames.addAndGet(-done) == 0) {
                        return true;
                    }
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            broken = true;
            waiting.clear();
            throw e;
        }
    }

    private void fill() {
        while (room.hasRemaining()) {
            if (current == null) {
                current = waiting.poll();
                written = 0;
                if (current == null) {
                    return;
                }
            }
            int more = Math.min(room.remaining(), current.length() - written);
            room.put(current.bytes(), written, more);
            written += more;
            if (written == current.length()) {
                bytes.addAndGet(-current.length());
                current = null;
                finished++;
            }
        }
    }
}
