package io.dataprism.child.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Reads frames, as many as there are at once. For one thread. */
public final class FrameReader {
    private static final int ROOM = 1 << 16;

    /** Takes frames. */
    @FunctionalInterface
    public interface Taker {
        /**
         * @param content its own, to keep
         * @throws MalformedFrameException where such a frame can't be
         */
        void take(Kind kind, Op op, long number, byte[] content) throws IOException;
    }

    private final ReadableByteChannel channel;
    private final Taker taker;
    private final int most;
    private final ByteBuffer room = ByteBuffer.allocateDirect(ROOM);

    // The frame that is being read.
    private final ByteBuffer head = ByteBuffer.allocate(Wire.HEAD);
    private byte[] content = new byte[0];
    private int read;
    private boolean inContent;

    public FrameReader(ReadableByteChannel channel, Taker taker) {
        this(channel, taker, Wire.MOST_BYTES);
    }

    /** @param most bytes of a frame that are read */
    public FrameReader(ReadableByteChannel channel, Taker taker, int most) {
        this.channel = channel;
        this.taker = taker;
        this.most = most;
    }

    /**
     * Read what is there, and hand over the frames that are whole.
     *
     * @return how many bytes that were; -1 at the end
     */
    public int read() throws IOException {
        room.clear();
        int length = channel.read(room);
        room.flip();
        while (room.hasRemaining()) {
            if (inContent) {
                content();
            } else {
                head();
            }
        }
        return length;
    }

    private void head() throws IOException {
        while (room.hasRemaining() && head.hasRemaining()) {
            head.put(room.get());
        }
        if (!head.hasRemaining()) {
            int length = head.getInt(0);
            if (length < Wire.REST_OF_HEAD || length > most - Wire.LENGTH_BYTES) {
                throw new MalformedFrameException(
                        "a frame of " + length + " bytes: from " + Wire.REST_OF_HEAD + " to " + most + " are read");
            }
            int version = head.get(Wire.LENGTH_BYTES);
            if (version != Wire.VERSION) {
                throw new MalformedFrameException("a frame of version " + version + ": " + Wire.VERSION + " is read");
            }
            content = new byte[length - Wire.REST_OF_HEAD];
            read = 0;
            inContent = true;
            content();
        }
    }

    private void content() throws IOException {
        int more = Math.min(room.remaining(), content.length - read);
        room.get(content, read, more);
        read += more;
        if (read == content.length) {
            byte[] whole = content;
            content = new byte[0];
            inContent = false;
            head.clear();
            taker.take(
                    Kind.of(head.get(Wire.LENGTH_BYTES + 1)),
                    Op.of(head.get(Wire.LENGTH_BYTES + 2) & 0xff),
                    head.getLong(Wire.LENGTH_BYTES + 3),
                    whole);
        }
    }
}
