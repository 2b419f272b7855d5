package io.dataprism.gateway;

import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.dataprism.kernel.messaging.Endpoint;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The streams of one socket, each at a {@code stream:} address that the client has registered. Used by the socket's thread. */
final class BridgeStreams {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int AHEAD = 16;
    private static final int QUEUE_PART = 8;

    private final Endpoint endpoint;
    private final Outbox outbox;
    private final Quotas quotas;
    private final StreamOptions options;
    private final BiConsumer<String, Throwable> failed;
    private final Map<String, BridgeStream> places = new HashMap<>();

    /** @param failed tells the client at an address why its stream ended */
    BridgeStreams(Endpoint endpoint, Outbox outbox, Quotas quotas, BiConsumer<String, Throwable> failed) {
        this.endpoint = endpoint;
        this.outbox = outbox;
        this.quotas = quotas;
        this.failed = failed;
        this.options = StreamOptions.within(LONGEST)
                .idle(quotas.callTimeout())
                .ahead(AHEAD, Math.max(1 << 10, quotas.queueBytes() / QUEUE_PART));
    }

    void register(String address) {
        if (!places.containsKey(address) && places.size() >= quotas.handlersPerSocket()) {
            throw new FrameException(Failure.quota("registrations", quotas.handlersPerSocket()));
        }
        places.computeIfAbsent(
                address, first -> new BridgeStream(address, outbox, cause -> failed.accept(address, cause)));
    }

    /** End what is read there. */
    Future<Void> unregister(String address) {
        BridgeStream place = places.remove(address);
        return place == null ? Future.succeededFuture() : place.close();
    }

    void more(String address, @Nullable Object credit) {
        place(address).more(StreamWish.credit(credit));
    }

    /**
     * Call a capability whose answer goes to a registered address, item by item, after its head. Where the address was unregistered meanwhile,
     * what comes is closed, also where somebody waits for another stream at the same address by then.
     *
     * @param head takes what comes before the first item
     */
    void open(Address.Capability to, @Nullable Object body, StreamWish wish, Consumer<Future<Object>> head) {
        BridgeStream place = place(wish.address());
        place.reserve(wish.credit());
        Future<StreamReader<Object>> opening = endpoint.calls().<Object>stream(
                        to.plugin(), to.capability(), body, options)
                .onFailure(refused -> place.release());
        head.accept(opening.map(StreamReader::head));
        opening.onSuccess(place::begin);
    }

    private BridgeStream place(String address) {
        BridgeStream place = places.get(address);
        if (place == null) {
            throw new FrameException(Failure.noStream());
        }
        return place;
    }
}
