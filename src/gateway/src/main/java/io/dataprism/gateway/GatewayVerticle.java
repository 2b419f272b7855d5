package io.dataprism.gateway;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.dataprism.kernel.audit.AuditTrail;
import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.messaging.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: routes, handshakes, and the sockets that are open. One event loop owns all of it. */
final class GatewayVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);
    private static final int SOCKET_QUEUE = 64 << 10;
    private static final short SERVER_ERROR = 1011;

    private final GatewayOptions options;
    private final Function<Caller, Endpoint> endpoints;
    private final AuditTrail trail;
    private final Doorkeeper doorkeeper;
    /** Changed by the event loop alone, counted by others. */
    private final Set<BridgeSocket> sockets = ConcurrentHashMap.newKeySet();

    private final OpenSockets places;
    private final Failures failures = new Failures();
    private final LogLimit logged = new LogLimit();
    private volatile int port;

    GatewayVerticle(GatewayOptions options, Function<Caller, Endpoint> endpoints, AuditTrail trail) {
        this.trail = trail;
        this.options = options;
        this.endpoints = endpoints;
        this.doorkeeper = new Doorkeeper(options);
        this.places =
                new OpenSockets(options.quotas().sockets(), options.quotas().socketsPerUser());
    }

    int port() {
        return port;
    }

    long waitingBytes() {
        return sockets.stream().mapToLong(BridgeSocket::waitingBytes).sum();
    }

    @Override
    public Future<?> start() {
        HttpServerOptions http = new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(options.quotas().frameBytes())
                .setMaxWebSocketMessageSize(options.quotas().frameBytes())
                .setIdleTimeout((int) options.quotas().pingTimeout().toSeconds() + 30);
        return vertx.createHttpServer(http)
                .requestHandler(this::handle)
                .listen()
                .onSuccess(this::listening)
                .recover(cause -> Future.failedFuture(cannotListen(cause)));
    }

    @Override
    public Future<?> stop() {
        List<Future<Void>> closing = new ArrayList<>();
        new ArrayList<>(sockets).forEach(socket -> closing.add(socket.goAway()));
        return Future.join(closing);
    }

    private void listening(HttpServer server) {
        port = server.actualPort();
    }

    private PluginException cannotListen(Throwable cause) {
        return new PluginException(
                "DP-1002",
                "The gateway cannot listen on " + options.host() + ":" + options.port() + ": " + cause.getMessage()
                        + ". Free the port or choose another with 'gateway.port'.",
                cause);
    }

    private void handle(HttpServerRequest request) {
        Route route = Route.of(request.path());
        if (route == Route.HEALTH) {
            request.response().end("{\"status\":\"UP\"}\n");
            return;
        }
        if (route == Route.NONE) {
            request.response().setStatusCode(404).end();
            return;
        }
        Optional<Refusal> stranger = doorkeeper.stranger(request);
        if (stranger.isPresent()) {
            refuse(request, stranger.get(), "");
        } else if (route == Route.INFO) {
            info(request);
        } else {
            handshake(request, route == Route.RAW ? Framing.RAW : Framing.SOCKJS);
        }
    }

    /** What a SockJS client asks first. It comes before any token, and tells nothing but that WebSockets work. */
    private static void info(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null) {
            request.response()
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                    .putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        JsonObject info = new JsonObject()
                .put("websocket", true)
                .put("cookie_needed", false)
                .put("origins", new JsonArray().add("*:*"))
                .put("entropy", ThreadLocalRandom.current().nextInt() & 0xFFFFFFFFL);
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=UTF-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(info.encode());
    }

    private void handshake(HttpServerRequest request, Framing framing) {
        Optional<String> user = doorkeeper.user(request);
        if (user.isEmpty()) {
            refuse(request, Refusal.TOKEN, "");
            return;
        }
        Optional<Refusal> full = places.take(user.get());
        if (full.isPresent()) {
            refuse(request, full.get(), user.get());
            return;
        }
        request.toWebSocket()
                .onSuccess(socket -> open(socket, framing, user.get()))
                .onFailure(broken -> places.free(user.get()));
    }

    private void open(ServerWebSocket socket, Framing framing, String user) {
        Endpoint endpoint;
        try {
            endpoint = endpoints.apply(Caller.user(user));
        } catch (RuntimeException closing) {
            logged.say(
                    "no place, " + user,
                    more -> LOG.warn("The socket of user {} gets no place in the kernel{}", user, more, closing));
            places.free(user);
            socket.close(SERVER_ERROR, "Not available");
            return;
        }
        socket.setWriteQueueMaxSize(SOCKET_QUEUE);
        Outbox outbox = new Outbox(socket, framing, options.quotas().queueBytes());
        BridgeSession session = new BridgeSession(vertx, endpoint, outbox, options.quotas(), failures);
        BridgeSocket bridge = new BridgeSocket(vertx, socket, framing, outbox, session, options.quotas());
        sockets.add(bridge);
        socket.exceptionHandler(broken -> LOG.debug("Socket of user {} broke", user, broken));
        socket.closeHandler(gone -> {
            sockets.remove(bridge);
            places.free(user);
            outbox.close();
            bridge.ended().onFailure(cause -> endedBadly(user, cause));
        });
    }

    private void endedBadly(String user, Throwable cause) {
        logged.say("end, " + user, more -> LOG.warn("Session of user {} did not end cleanly{}", user, more, cause));
    }

    /** @param user whose token it showed; empty where it showed none that is one */
    private void refuse(HttpServerRequest request, Refusal refusal, String user) {
        String why = refusal.logged(request.getHeader(HttpHeaders.HOST), request.getHeader(HttpHeaders.ORIGIN));
        trail.denied(AuditEntry.denied(
                new Actor(Actor.Kind.USER, user, ""),
                "bridge-connect",
                "from " + request.remoteAddress().hostAddress(),
                why,
                ""));
        // By why and not by whom: whoever connects may have many addresses.
        logged.say(
                "refused, " + refusal,
                more -> LOG.warn("Handshake from {} refused: {}{}", request.remoteAddress(), why, more));
        if (refusal == Refusal.TOKEN) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
        }
        request.response()
                .setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=UTF-8")
                .end(refusal.body());
    }
}
