package io.dataprism.gateway;

import io.dataprism.api.Caller;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.dataprism.kernel.audit.AuditTrail;
import io.dataprism.kernel.messaging.Endpoint;
import io.dataprism.kernel.permission.GrantStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node's WebSocket bridge. Clients speak the Vert.x event-bus-bridge protocol at {@code /eventbus}; everything they do is done by
 * their user, through the kernel's one gate. Methods may be called from any thread.
 */
public final class Gateway {
    private final Vertx vertx;
    private final GatewayVerticle server;
    private final String deployment;
    private final List<Runnable> withdrawals = new ArrayList<>();
    private @Nullable Future<Void> closing;

    private Gateway(Vertx vertx, GatewayVerticle server, String deployment) {
        this.vertx = vertx;
        this.server = server;
        this.deployment = deployment;
    }

    /**
     * Listen for a kernel, and grant the users what the options say.
     *
     * @return fails with {@code DP-1002} where the address is not to be had
     */
    public static Future<Gateway> start(Vertx vertx, Kernel kernel, GatewayOptions options) {
        // Granted before it listens, so that the first client finds what it may do.
        List<Runnable> lent = lend(kernel.grants(), options.users());
        return start(vertx, kernel::endpoint, options, kernel.audit())
                .onSuccess(gateway -> gateway.withdrawals.addAll(lent))
                .onSuccess(gateway -> kernel.audit().changed(opened(gateway, options)))
                .onFailure(refused -> lent.forEach(Runnable::run));
    }

    /** @param endpoints called once a socket, on the gateway's event loop */
    static Future<Gateway> start(Vertx vertx, Function<Caller, Endpoint> endpoints, GatewayOptions options) {
        return start(vertx, endpoints, options, AuditTrail.NONE);
    }

    /** Who may connect from now on; a token itself is nobody's business. */
    private static AuditEntry opened(Gateway gateway, GatewayOptions options) {
        return AuditEntry.done(
                Actor.CONF,
                "bridge-opened",
                options.host() + ":" + gateway.port(),
                "whose tokens are taken: "
                        + String.join(", ", options.users().tokens().users()));
    }

    private static Future<Gateway> start(
            Vertx vertx, Function<Caller, Endpoint> endpoints, GatewayOptions options, AuditTrail trail) {
        GatewayVerticle server = new GatewayVerticle(options, endpoints, trail);
        return vertx.deployVerticle(server).map(deployment -> new Gateway(vertx, server, deployment));
    }

    /** Grant what the configuration says, until the gateway closes; what somebody else granted stays. */
    private static List<Runnable> lend(GrantStore grants, BridgeUsers users) {
        List<Runnable> withdrawals = new ArrayList<>();
        users.grants()
                .forEach((name, permissions) -> permissions.forEach(permission -> withdrawals.add(
                        grants.lend(Caller.user(name), permission, "configuration", "gateway.tokens"))));
        return withdrawals;
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Bytes that wait for clients, in all queues; for tests, and later for metrics. */
    long waitingBytes() {
        return server.waitingBytes();
    }

    /** Stop listening and close every socket with code 1001. A second call waits for the first. */
    public synchronized Future<Void> close() {
        if (closing == null) {
            withdrawals.forEach(Runnable::run);
            closing = vertx.undeploy(deployment);
        }
        return closing;
    }
}
