package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The calls between nodes that are under way: those that were made here, and those that are worked on here for others. Nodes tell each other
 * which were given up, and which wait in a circle; which node works on a call is not known to the one that made it, so it is told to all. Safe
 * to use from any thread.
 */
final class RemoteCalls {
    private static final String GIVEN_UP = "givenUp";
    private static final String CIRCLE = "circle";
    private static final String CALLS = "calls";
    private static final int MOST_AT_ONCE = 1_000;

    private final LocalMessaging messaging;
    private final BusLink link;
    private final String prefix = UUID.randomUUID() + "-";
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, RemoteCall<?>> made = new ConcurrentHashMap<>();
    private final Map<String, Worked> worked = new ConcurrentHashMap<>();
    private final Queue<String> givenUp = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean telling = new AtomicBoolean();

    /** A call that is worked on here; its message says for whom. */
    private record Worked(Message<?> message, Future<?> call) {}

    RemoteCalls(LocalMessaging messaging, BusLink link) {
        this.messaging = messaging;
        this.link = link;
    }

    /** Hear what other nodes tell. */
    void listen() {
        link.consume(this, messaging.addresses().calls(), this::told);
        link.onDeparture(this::departed);
    }

    String newId() {
        return prefix + numbers.incrementAndGet();
    }

    // --- made here

    void made(RemoteCall<?> call) {
        made.put(call.callId(), call);
        call.future().onComplete(over -> forget(call.callId()));
    }

    void forget(String id) {
        made.remove(id);
    }

    void gaveUp(String id) {
        givenUp.add(id);
        if (telling.compareAndSet(false, true)) {
            link.run(this::tellGivenUp);
        }
    }

    private void tellGivenUp() {
        telling.set(false);
        List<String> ids = new ArrayList<>();
        for (String id = givenUp.poll(); id != null; id = givenUp.poll()) {
            ids.add(id);
            if (ids.size() == MOST_AT_ONCE) {
                tell(new JsonObject().put(GIVEN_UP, new JsonArray(List.copyOf(ids))));
                ids.clear();
            }
        }
        if (!ids.isEmpty()) {
            tell(new JsonObject().put(GIVEN_UP, new JsonArray(ids)));
        }
    }

    private void tell(JsonObject news) {
        link.publish(
                messaging.addresses().calls(),
                news,
                link.stamped(Caller.HOST, link.party().nextId(), MessageIds.NONE));
    }

    // --- worked on here

    /** {@code call} is what {@code message} asked for. */
    void works(Message<?> message, CallOrigin origin, String plugin, Future<?> call) {
        String id = message.headers().get(CallOrigin.ID);
        if (id == null || call.isComplete()) {
            return;
        }
        String key = key(message, id);
        worked.put(key, new Worked(message, call));
        call.onComplete(over -> worked.remove(key));
        if (origin.closesCircle(plugin)) {
            List<String> circle = new ArrayList<>(origin.waiting());
            circle.add(plugin);
            note(origin.calls(), circle);
            tell(new JsonObject().put(CALLS, new JsonArray(origin.calls())).put(CIRCLE, new JsonArray(circle)));
        }
    }

    private static String key(Message<?> from, String id) {
        return from.headers().get(RemoteTrust.NODE) + "/" + id;
    }

    // --- told by another node

    private void told(Message<Object> message) {
        boolean believed =
                BusAccess.isFromWire(message) && link.callerOf(message).isPresent();
        if (!believed || !(message.body() instanceof JsonObject news)) {
            return;
        }
        if (news.getValue(CIRCLE) instanceof JsonArray circle) {
            note(texts(news.getValue(CALLS)), texts(circle));
        }
        texts(news.getValue(GIVEN_UP)).forEach(id -> {
            Worked gone = worked.remove(key(message, id));
            if (gone != null) {
                giveUp(gone.call, "The caller on another node gave the call up before it was answered.");
            }
        });
    }

    /** Those of {@code calls} that were made here wait in a circle. */
    private void note(List<String> calls, List<String> circle) {
        String sentence = WaitChain.circle(circle);
        for (String id : calls) {
            RemoteCall<?> call = made.get(id);
            if (call != null) {
                call.inCircle(sentence);
            }
        }
    }

    private static List<String> texts(@Nullable Object array) {
        return array instanceof JsonArray items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** A node has left: nobody waits any more for what is done for it. */
    private void departed() {
        worked.values().removeIf(one -> {
            boolean gone = link.callerOf(one.message).isEmpty();
            if (gone) {
                giveUp(one.call, "The node of the caller has left the cluster.");
            }
            return gone;
        });
    }

    /** End a call that is worked on here. */
    void giveUp(Future<?> call, String why) {
        PendingReply<?> pending = link.party().pending.find(reply -> reply.future() == call);
        if (pending != null) {
            pending.giveUp(new CallException(FailureKind.CANCELLED, why));
        }
    }
}
