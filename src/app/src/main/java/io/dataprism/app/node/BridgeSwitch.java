package io.dataprism.app.node;

import io.dataprism.gateway.Gateway;
import io.dataprism.gateway.GatewayOptions;
import io.dataprism.kernel.Kernel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's gateway, which configuration opens, changes and closes. Changes come one after the other, and each sees what became of the one before
 * it. Where a new gateway can't listen, the old one does again. Methods may be called from any thread.
 */
final class BridgeSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeSwitch.class);

    private final Vertx vertx;
    private final Kernel kernel;
    private Future<?> last = Future.succeededFuture();
    private Optional<Open> open = Optional.empty();

    /** A gateway that listens, and the section that asked for it. */
    private record Open(JsonObject section, Gateway gateway) {}

    BridgeSwitch(Vertx vertx, Kernel kernel) {
        this.vertx = vertx;
        this.kernel = kernel;
    }

    /**
     * Make the gateway what {@code wanted} says; one that is so already is left alone.
     *
     * @return fails where that can't be; asked the same again, it is tried again
     */
    Future<Void> set(Optional<JsonObject> wanted) {
        return next(() -> change(wanted));
    }

    Future<Void> close() {
        return next(this::shut);
    }

    synchronized Optional<Integer> port() {
        return open.map(now -> now.gateway().port());
    }

    private synchronized Future<Void> next(Supplier<Future<Void>> change) {
        Future<Void> next = last.transform(before -> change.get());
        last = next;
        return next;
    }

    private Future<Void> change(Optional<JsonObject> wanted) {
        Optional<Open> before = now();
        if (wanted.equals(before.map(Open::section))) {
            return Future.succeededFuture();
        }
        return shut().compose(closed -> wanted.map(this::open).orElse(Future.succeededFuture()))
                .recover(refused -> back(before).transform(done -> Future.failedFuture(refused)));
    }

    private Future<Void> open(JsonObject section) {
        return listen(section, section);
    }

    /** Where it was, so that its clients find it again, also when it had taken whatever port was free. */
    private Future<Void> back(Optional<Open> before) {
        return before.map(old -> listen(
                                old.section(),
                                old.section().copy().put("port", old.gateway().port()))
                        .onSuccess(again -> LOG.warn("The gateway stays as it was"))
                        .onFailure(worse -> LOG.error("There is no gateway now: {}", worse.getMessage())))
                .orElse(Future.succeededFuture());
    }

    private Future<Void> listen(JsonObject section, JsonObject options) {
        return Gateway.start(vertx, kernel, GatewayOptions.fromJson(options).orThrow())
                .map(started -> {
                    LOG.info("The gateway listens on port {}", started.port());
                    now(Optional.of(new Open(section, started)));
                    return null;
                });
    }

    private Future<Void> shut() {
        Future<Void> closed = now().map(old -> old.gateway().close()).orElse(Future.succeededFuture());
        now(Optional.empty());
        return closed;
    }

    private synchronized Optional<Open> now() {
        return open;
    }

    private synchronized void now(Optional<Open> next) {
        open = next;
    }
}
