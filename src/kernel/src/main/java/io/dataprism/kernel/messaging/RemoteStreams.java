package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.TableBatch;
import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The streams between nodes: items and ends go to the node that reads, credit to the node that streams, each to the other's own address, where
 * one node's messages keep their order. Safe to use from any thread; what comes is handled on the link's context.
 */
final class RemoteStreams {
    private static final String KIND = "dp-kind";
    private static final String STREAM = "dp-call";
    private static final String NUMBER = "dp-number";
    private static final String BATCH = "dp-batch";
    private static final String CODE = "dp-code";
    private static final String ITEM = "item";
    private static final String END = "end";
    private static final String CREDIT = "credit";

    private final LocalMessaging messaging;
    private final BusLink link;
    private final Map<String, RemoteStream<?>> read = new ConcurrentHashMap<>();
    private final Map<String, BusStream> sent = new ConcurrentHashMap<>();

    RemoteStreams(LocalMessaging messaging, BusLink link) {
        this.messaging = messaging;
        this.link = link;
    }

    String addressOf(String node) {
        return messaging.addresses().node(node);
    }

    // --- read here

    void reads(RemoteStream<?> stream) {
        read.put(stream.callId(), stream);
        stream.future().onComplete(over -> forget(stream.callId()));
    }

    void forget(String id) {
        read.remove(id);
    }

    void allow(String node, String id, long items, long takenBytes) {
        JsonObject credit = new JsonObject().put("items", items).put("bytes", takenBytes);
        link.run(() -> link.send(addressOf(node), credit, headers(CREDIT, id)));
    }

    // --- sent from here

    /** Send what {@code stream} brings to the node that asked for it. */
    void sends(BusStream stream, Future<?> call) {
        sent.put(stream.key(), stream);
        call.onComplete(over -> {
            sent.remove(stream.key());
            stream.over(over);
        });
    }

    /** @return why it can't be sent, or null */
    @Nullable
    String item(String node, String id, long number, Object owned) {
        DeliveryOptions headers = headers(ITEM, id).addHeader(NUMBER, Long.toString(number));
        Object body = owned;
        if (owned instanceof TableBatch batch) {
            headers.addHeader(BATCH, "1");
            body = BatchBytes.write(batch);
        }
        String unfit = BusBody.whyNot(body).orElse(null);
        if (unfit == null) {
            link.send(addressOf(node), body, headers);
        }
        return unfit;
    }

    void end(String node, String id, long items, @Nullable Throwable failure) {
        DeliveryOptions headers = headers(END, id).addHeader(NUMBER, Long.toString(items));
        if (failure != null) {
            headers.addHeader(CODE, Integer.toString(Failures.numberForKernel(failure)));
        }
        link.send(addressOf(node), failure == null ? null : failure.getMessage(), headers);
    }

    private DeliveryOptions headers(String kind, String id) {
        return link.stamped(Caller.HOST, link.party().nextId(), MessageIds.NONE)
                .addHeader(KIND, kind)
                .addHeader(STREAM, id);
    }

    // --- what comes

    /** Whether {@code message}, at this node's own address, is part of a stream; then it is taken. */
    boolean took(Message<Object> message) {
        String kind = message.headers().get(KIND);
        if (kind == null) {
            return false;
        }
        String node = message.headers().get(RemoteTrust.NODE);
        String id = message.headers().get(STREAM);
        boolean believed =
                BusAccess.isFromWire(message) && link.callerOf(message).isPresent();
        if (believed && node != null && id != null) {
            came(kind, node, id, message);
        }
        return true;
    }

    private void came(String kind, String node, String id, Message<Object> message) {
        if (kind.equals(CREDIT)) {
            BusStream stream = sent.get(BusStream.key(node, id));
            if (stream != null && message.body() instanceof JsonObject credit) {
                stream.allow(credit.getLong("items", 0L), credit.getLong("bytes", 0L));
            }
            return;
        }
        RemoteStream<?> stream = read.get(id);
        if (stream == null) {
            return;
        }
        try {
            if (kind.equals(ITEM)) {
                stream.item(node, number(message), item(message));
            } else if (kind.equals(END)) {
                stream.ended(node, number(message), failure(message));
            }
        } catch (RuntimeException unreadable) {
            stream.fail(new CallException(
                    FailureKind.FAILED,
                    "The stream of " + stream.what() + " brought what can't be read: " + unreadable.getMessage(),
                    unreadable));
        }
    }

    private static long number(Message<Object> message) {
        return Long.parseLong(String.valueOf(message.headers().get(NUMBER)));
    }

    private static Object item(Message<Object> message) {
        if (message.headers().contains(BATCH) && message.body() instanceof Buffer bytes) {
            return BatchBytes.read(bytes);
        }
        Object owned = Payloads.take(message.body());
        if (owned == null) {
            throw new CallException(FailureKind.FAILED, "an item was empty");
        }
        return owned;
    }

    private static @Nullable PluginException failure(Message<Object> message) {
        String code = message.headers().get(CODE);
        return code == null ? null : Failures.read(Integer.parseInt(code), String.valueOf(message.body()));
    }
}
