package io.dataprism.app.node;

import io.dataprism.gateway.Gateway;
import io.dataprism.gateway.GatewayOptions;
import io.dataprism.kernel.Kernel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's gateway, which configuration opens, changes and closes. Changes come one after the other. */
final class BridgeSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeSwitch.class);

    private final Vertx vertx;
    private final Kernel kernel;
    private Optional<JsonObject> section = Optional.empty();
    private Optional<Gateway> gateway = Optional.empty();

    BridgeSwitch(Vertx vertx, Kernel kernel) {
        this.vertx = vertx;
        this.kernel = kernel;
    }

    /** Make the gateway what {@code wanted} says; one that is so already is left alone. */
    synchronized Future<Void> set(Optional<JsonObject> wanted) {
        if (wanted.equals(section)) {
            return Future.succeededFuture();
        }
        section = wanted;
        return close().compose(closed -> wanted.map(this::open).orElse(Future.succeededFuture()));
    }

    private Future<Void> open(JsonObject options) {
        return Gateway.start(vertx, kernel, GatewayOptions.fromJson(options).orThrow())
                .map(this::opened);
    }

    private synchronized Void opened(Gateway started) {
        gateway = Optional.of(started);
        LOG.info("The gateway listens on port {}", started.port());
        return null;
    }

    synchronized Optional<Integer> port() {
        return gateway.map(Gateway::port);
    }

    synchronized Future<Void> close() {
        Future<Void> closed = gateway.map(Gateway::close).orElse(Future.succeededFuture());
        gateway = Optional.empty();
        return closed;
    }
}
