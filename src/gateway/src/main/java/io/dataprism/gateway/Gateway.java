package io.dataprism.gateway;

import io.dataprism.api.Caller;
import io.dataprism.kernel.messaging.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Function;

/**
 * A node's WebSocket bridge. Clients speak the Vert.x event-bus-bridge protocol at {@code /eventbus}; everything they do is done by
 * their user, through the kernel's one gate. Methods may be called from any thread.
 */
public final class Gateway {
    private final Vertx vertx;
    private final GatewayVerticle server;
    private final String deployment;

    private Gateway(Vertx vertx, GatewayVerticle server, String deployment) {
        this.vertx = vertx;
        this.server = server;
        this.deployment = deployment;
    }

    /**
     * Listen.
     *
     * @param endpoints a kernel's endpoints: called once a socket, on the gateway's event loop
     * @return fails with {@code DP-1002} where the address is not to be had
     */
    public static Future<Gateway> start(Vertx vertx, Function<Caller, Endpoint> endpoints, GatewayOptions options) {
        GatewayVerticle server = new GatewayVerticle(options, endpoints);
        return vertx.deployVerticle(server).map(deployment -> new Gateway(vertx, server, deployment));
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Stop listening and close every socket with code 1001. */
    public Future<Void> close() {
        return vertx.undeploy(deployment);
    }
}
