package io.dataprism.driver.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;

/**
 * Counts what comes from the server, before the driver keeps it: how large a row is shows only once it is there, and the server sends what it was asked for. What is too
 * much ends the connection. On the connection's event loop.
 */
final class Inflow extends ChannelInboundHandlerAdapter {
    /** Of one row, and of what is kept of one answer. */
    static final long MOST = 64L << 20;

    /** A letter for the kind, and the length of what follows, itself included. */
    private static final int HEAD = 5;

    private final Runnable tooMuch;
    private boolean over;
    private boolean kept;
    private long came;
    private int head;
    private long length;
    private long left;

    private Inflow(Runnable tooMuch) {
        this.tooMuch = tooMuch;
    }

    /**
     * Before anything is asked of {@code connection}.
     *
     * @param tooMuch is run once, before the connection is closed
     */
    static Inflow of(PgConnection connection, Runnable tooMuch) {
        Inflow inflow = new Inflow(tooMuch);
        SocketConnectionBase socket = (SocketConnectionBase) ((SqlConnectionInternal) connection).unwrap();
        Channel channel = socket.socket().channelHandlerContext().channel();
        channel.pipeline().addBefore("codec", "inflow", inflow);
        return inflow;
    }

    /**
     * Count anew.
     *
     * @param isKept whether what comes is kept until all of it is there
     */
    void begin(boolean isKept) {
        came = 0;
        kept = isKept;
    }

    /** Bytes since {@link #begin}. */
    long came() {
        return came;
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object message) {
        if (over || (message instanceof ByteBuf bytes && isTooMuch(bytes))) {
            ReferenceCountUtil.release(message);
            if (!over) {
                over = true;
                tooMuch.run();
                channel.close();
            }
            return;
        }
        channel.fireChannelRead(message);
    }

    private boolean isTooMuch(ByteBuf bytes) {
        came += bytes.readableBytes();
        if (kept && came > MOST) {
            return true;
        }
        for (int at = bytes.readerIndex(); at < bytes.writerIndex(); ) {
            if (left > 0) {
                int skipped = (int) Math.min(left, bytes.writerIndex() - at);
                left -= skipped;
                at += skipped;
            } else if (isTooLong(bytes.getUnsignedByte(at++))) {
                return true;
            }
        }
        return false;
    }

    /** The next byte of a message's head. */
    private boolean isTooLong(int next) {
        length = head == 0 ? 0 : length << 8 | next;
        if (++head == HEAD) {
            head = 0;
            left = length - (HEAD - 1);
        }
        return left > MOST;
    }
}
