package io.dataprism.app.control;

import io.dataprism.api.PluginException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers control requests on a node's socket. Each connection's requests are carried out side by side, 64 at a time; replies carry their ids. */
public final class ControlServer {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    /** Requests of one connection that are carried out at the same time, or whose answers wait to be read. */
    static final int MOST_AT_ONCE = 64;

    private final Vertx vertx;
    private final ControlAddress address;
    private final NetServer server;

    private ControlServer(Vertx vertx, ControlAddress address, NetServer server) {
        this.vertx = vertx;
        this.address = address;
        this.server = server;
    }

    /** Listen. The caller holds the lock on the data folder. */
    public static Future<ControlServer> start(Vertx vertx, ControlAddress address, Operations operations) {
        NetServer server = vertx.createNetServer(new NetServerOptions());
        server.connectHandler(socket -> serve(vertx.getOrCreateContext(), socket, operations));
        ControlServer started = new ControlServer(vertx, address, server);
        return vertx.executeBlocking(address::prepare)
                .compose(path -> server.listen(SocketAddress.domainSocketAddress(path.toString()))
                        .compose(listening -> vertx.executeBlocking(() -> protect(path))))
                .map(started);
    }

    private static Path protect(Path socket) throws IOException {
        ControlAddress.protect(socket);
        return socket;
    }

    /** A line is taken for each answer that the client took: one that only asks, or does not read, keeps no more of the node than that. */
    private static void serve(Context context, NetSocket socket, Operations operations) {
        RecordParser lines = RecordParser.newDelimited("\n", socket).maxRecordSize(ControlLine.LONGEST);
        lines.pause();
        // The parser is of the socket's thread; an answer may come on any
        lines.handler(line ->
                answer(socket, line, operations).onComplete(taken -> context.runOnContext(then -> lines.fetch(1))));
        lines.exceptionHandler(failure -> refuse(socket, failure));
        lines.fetch(MOST_AT_ONCE);
    }

    private static void refuse(NetSocket socket, Throwable failure) {
        socket.end(Buffer.buffer(ControlLine.failure(
                0,
                "DP-0931",
                "A line on the control socket must not exceed " + ControlLine.LONGEST + " bytes. "
                        + failure.getMessage())));
    }

    private static Future<Void> answer(NetSocket socket, Buffer line, Operations operations) {
        long id = 0;
        try {
            ControlLine.Request request = ControlLine.parseRequest(line.toString());
            id = request.id();
            return invoke(socket, request, operations);
        } catch (RuntimeException e) {
            // Whatever it is, the client waits for an answer.
            return socket.write(failed(id, e));
        }
    }

    private static Future<Void> invoke(NetSocket socket, ControlLine.Request request, Operations operations) {
        return operations
                .invoke(request.noun(), request.verb(), request.body())
                .map(answer -> ControlLine.success(request.id(), answer))
                .otherwise(failure -> failed(request.id(), failure))
                .compose(socket::write);
    }

    private static String failed(long id, Throwable failure) {
        if (failure instanceof PluginException known) {
            return ControlLine.failure(id, known.code(), String.valueOf(known.getMessage()));
        }
        LOG.error("A control operation failed", failure);
        return ControlLine.failure(id, "DP-0990", "The node itself failed: " + failure + ". Its log has the details.");
    }

    /** Where it listens. */
    public JsonObject toJson() {
        return new JsonObject().put("socket", address.toString());
    }

    /** Stop listening and take the socket away. */
    public Future<Void> close() {
        return server.close()
                .compose(closed -> vertx.executeBlocking(() -> {
                    address.clear();
                    return null;
                }));
    }
}
