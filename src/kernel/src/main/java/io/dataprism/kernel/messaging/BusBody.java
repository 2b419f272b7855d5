package io.dataprism.kernel.messaging;

import io.dataprism.api.TableBatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Payloads in the form in which they go over the Vert.x bus. */
final class BusBody {
    private BusBody() {}

    static boolean fits(@Nullable Object payload) {
        return !(payload instanceof TableBatch);
    }

    /** Numbers that the bus has no codec for travel as text, so that no digit is lost. */
    static @Nullable Object of(@Nullable Object payload) {
        Object given = Payloads.give(payload);
        return payload instanceof BigDecimal || payload instanceof BigInteger ? payload.toString() : given;
    }
}
