package io.dataprism.kernel.messaging;

import io.dataprism.api.TableBatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Payloads in the form in which they go over the Vert.x bus. */
final class BusBody {
    private static final long HEAVIEST = 64L << 20;

    private BusBody() {}

    static boolean fits(@Nullable Object payload) {
        return whyNot(payload).isEmpty();
    }

    /** Why {@code payload} can't go over the bus, which copies it or writes it out on an event loop. */
    static Optional<String> whyNot(@Nullable Object payload) {
        if (payload instanceof TableBatch) {
            return Optional.of("A table batch can't go over the event bus. Send the table's handle.");
        }
        return Weights.ofGiven(SharedRecord.json(payload)) > HEAVIEST
                ? Optional.of("It is more than " + (HEAVIEST >> 20)
                        + " MiB, which is too much for the event bus. Send it in parts, or a table's handle.")
                : Optional.empty();
    }

    /** The same as one receiver's own, as Vert.x's codecs would copy it. */
    static @Nullable Object copy(@Nullable Object payload) {
        return isText(payload) ? String.valueOf(payload) : Payloads.thaw(SharedRecord.json(payload));
    }

    /** Numbers that the bus has no codec for travel as text, so that no digit is lost. */
    static @Nullable Object of(@Nullable Object payload) {
        return isText(payload) ? String.valueOf(payload) : Payloads.give(SharedRecord.json(payload));
    }

    private static boolean isText(@Nullable Object payload) {
        return payload instanceof BigDecimal || payload instanceof BigInteger;
    }
}
