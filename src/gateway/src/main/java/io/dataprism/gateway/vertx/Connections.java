package io.dataprism.gateway.vertx;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/**
 * Ends connections that cannot be ended politely: Vert.x counts its closing timeout from when the close frame was written, which
 * for a client that reads nothing is never.
 */
public final class Connections {
    private Connections() {}

    /**
     * Drop the socket's connection, with whatever waits to be written to it. On the socket's event loop. Goes past Vert.x's own handler, which would wait
     * for the close frame again.
     */
    public static void drop(ServerWebSocket socket) {
        ((WebSocketInternal) socket).channelHandlerContext().close();
    }
}
