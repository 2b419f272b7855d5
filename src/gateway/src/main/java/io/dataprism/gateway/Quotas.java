package io.dataprism.gateway;

import io.dataprism.kernel.options.OptionReader;
import java.time.Duration;

/**
 * What one socket, or one gateway, may hold. Every bound is on memory that a client could make the node keep.
 *
 * @param sockets open sockets in all
 * @param socketsPerUser open sockets of one user
 * @param handlersPerSocket registered addresses, and channels joined, of a socket
 * @param pendingPerSocket requests of a socket that wait for an answer, and requests to it that wait for its answer, each
 * @param frameBytes the largest message that a client may send
 * @param messagesPerSecond a socket that sends faster is read more slowly; nothing of it is lost
 * @param queueBytes what waits for a client that reads slowly
 * @param pingTimeout a socket from which nothing came for so long is closed
 * @param slowReaderTimeout a socket whose queue did not move for so long is closed
 * @param callTimeout how long a call may take
 */
public record Quotas(
        int sockets,
        int socketsPerUser,
        int handlersPerSocket,
        int pendingPerSocket,
        int frameBytes,
        int messagesPerSecond,
        int queueBytes,
        Duration pingTimeout,
        Duration slowReaderTimeout,
        Duration callTimeout) {

    public static final Quotas DEFAULT = new Quotas(
            1_000,
            50,
            500,
            256,
            256 << 10,
            1_000,
            4 << 20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    private static final int MAX_FRAME = 64 << 20;

    static Quotas read(OptionReader reader) {
        Duration shortest = Duration.ofMillis(100);
        return new Quotas(
                reader.number("max-sockets", DEFAULT.sockets, 1, 1_000_000),
                reader.number("max-sockets-per-user", DEFAULT.socketsPerUser, 1, 1_000_000),
                reader.number("max-handlers", DEFAULT.handlersPerSocket, 1, 100_000),
                reader.number("max-pending", DEFAULT.pendingPerSocket, 1, 100_000),
                reader.size("max-frame", DEFAULT.frameBytes, 1_024, MAX_FRAME),
                reader.number("messages-per-second", DEFAULT.messagesPerSecond, 1, 1_000_000),
                reader.size("max-queue", DEFAULT.queueBytes, 16 << 10, 1 << 30),
                reader.duration("ping-timeout", DEFAULT.pingTimeout, shortest, Duration.ofHours(1)),
                reader.duration("slow-reader-timeout", DEFAULT.slowReaderTimeout, shortest, Duration.ofHours(1)),
                reader.duration("call-timeout", DEFAULT.callTimeout, shortest, Duration.ofHours(1)));
    }
}
