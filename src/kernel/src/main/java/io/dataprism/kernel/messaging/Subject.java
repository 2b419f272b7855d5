package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.TableBatch;
import io.dataprism.kernel.contract.BodyContract.Shown;
import io.dataprism.kernel.traffic.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A message as lines and dead letters tell of it; made only where one is.
 *
 * @param from who sent it
 * @param to where to, as an address
 * @param body owned by the kernel
 * @param headers that interceptors have added
 * @param masked what of a body may be shown; empty where that is not known
 * @param kept makes what sends it once more to a receiver: kept for long, so it holds no plugin's class and no channel
 */
record Subject(
        Kind kind,
        long id,
        long causeId,
        Caller from,
        String to,
        @Nullable Object body,
        Map<String, String> headers,
        Function<@Nullable Object, Optional<Shown>> masked,
        Supplier<Supplier<Future<String>>> kept) {
    private static final long MOST_SHOWN = 1 << 16;

    static Subject of(LocalMessaging messaging, EventMessage event, String receiver) {
        return new Subject(
                Kind.EVENT,
                event.id,
                event.causeId,
                event.source,
                "event:" + event.topic,
                event.body,
                event.headers(),
                body -> Optional.of(messaging.contracts().shownEvent(event.topic, body)),
                () -> {
                    EventMessage lasting = event.lasting();
                    return () -> messaging.replays().event(lasting, receiver);
                });
    }

    static Subject of(Conversation channel, Letter letter, String to, boolean asks) {
        return new Subject(
                asks ? Kind.REQUEST : Kind.MESSAGE,
                letter.id,
                letter.causeId,
                letter.sender,
                "channel:" + channel.name() + ":" + to,
                letter.body,
                letter.headers(),
                channel::shown,
                () -> {
                    Letter lasting = letter.with(SharedRecord.json(letter.body), letter.headers());
                    String name = channel.name();
                    return () -> lasting.messaging().replays().letter(name, lasting, to, asks);
                });
    }

    /** The same message with another body and other headers. */
    Subject with(@Nullable Object other, Map<String, String> more) {
        return new Subject(kind, id, causeId, from, to, other, more, masked, kept);
    }

    /** Who is to get it; empty for an event. */
    String receiver() {
        return switch (kind) {
            case CALL -> to.split(":", 3)[1];
            case MESSAGE, REQUEST -> to.split(":", 3)[2];
            default -> "";
        };
    }

    /** What of {@code value}, which is this body or goes with it, may be shown. */
    Optional<Shown> shown(@Nullable Object value) {
        if (Weights.of(value) > MOST_SHOWN) {
            return masked.apply(null).map(none -> new Shown("(more than " + (MOST_SHOWN >> 10) + " KiB)", false));
        }
        return masked.apply(Payloads.give(SharedRecord.json(value)))
                .map(shown -> new Shown(written(shown.body()), shown.hidden()));
    }

    private static @Nullable Object written(@Nullable Object body) {
        if (body instanceof TableBatch) {
            return "(a table batch)";
        }
        return body instanceof Buffer buffer ? Base64.getEncoder().encodeToString(buffer.getBytes()) : body;
    }

    long size() {
        return Weights.of(body);
    }
}
