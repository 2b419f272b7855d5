package io.dataprism.child.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames, many at once where many come: whoever finds that somebody writes leaves his frame to that one. Safe to use from any thread.
 *
 * <p>Where the channel takes no more without blocking, whoever is told so goes on with {@link #resume} once it does. Where it blocks, so does who would leave
 * more to the one who writes than may wait.
 */
public final class FrameSender {
    private static final int ROOM = 1 << 16;
    /** Bytes that may wait for who writes, where that blocks. */
    private static final long MOST_WAITING = 4 << 20;

    private static final long PAUSE_NANOS = 200_000;

    private final WritableByteChannel channel;
    private final Queue<WireOutput> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger frames = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final boolean blocks;
    private volatile boolean broken;

    // Of whoever writes.
    private final ByteBuffer room = ByteBuffer.allocateDirect(ROOM);
    private @Nullable WireOutput current;
    private int written;
    private int finished;

    public FrameSender(WritableByteChannel channel) {
        this.channel = channel;
        this.blocks = channel instanceof SelectableChannel selectable && selectable.isBlocking();
    }

    /** Bytes that frames which wait take of the heap. */
    public long waitingBytes() {
        return bytes.get();
    }

    /**
     * Write {@code frame}, or leave it to who writes.
     *
     * @return false where the channel takes no more now, and nobody goes on before {@link #resume}
     */
    public boolean send(WireOutput frame) throws IOException {
        while (blocks && !broken && bytes.get() > MOST_WAITING) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (broken) {
            throw new IOException("the connection is closed");
        }
        bytes.addAndGet(frame.weight());
        // Counted before it is there to be taken: a count that fell short would let two write at once.
        boolean another = frames.getAndIncrement() != 0;
        waiting.add(frame);
        return another || write();
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
                    if (done == 0) {
                        // One was counted, and is about to be there.
                        Thread.onSpinWait();
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
                bytes.addAndGet(-current.weight());
                current = null;
                finished++;
            }
        }
    }
}
