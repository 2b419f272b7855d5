package io.dataprism.kernel.messaging;

import io.dataprism.api.TableBatch;
import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** About how many bytes of heap a payload takes, so that mailboxes can be bounded in bytes. Never walks: what is large knows its weight. */
final class Weights {
    static final int OBJECT = 64;
    private static final int SCALAR = 16;
    private static final int SLOT = 8;

    private Weights() {}

    /** The same with what stands around a message, and at most what an int holds. */
    static int ofMessage(@Nullable Object owned) {
        return (int) Math.min(Integer.MAX_VALUE, OBJECT + of(owned));
    }

    /** @param owned as {@link Payloads#take} returned it, or a member of it */
    static long of(@Nullable Object owned) {
        if (owned == null) {
            return SLOT;
        }
        if (owned instanceof String text) {
            return OBJECT + 2L * text.length();
        }
        if (owned instanceof FrozenMap map) {
            return SLOT + map.weight();
        }
        if (owned instanceof FrozenList list) {
            return SLOT + list.weight();
        }
        if (owned instanceof Buffer buffer) {
            return OBJECT + (long) buffer.length();
        }
        if (owned instanceof TableBatch batch) {
            return OBJECT + batch.weight();
        }
        return owned instanceof BigInteger number ? OBJECT + number.bitLength() / 8 : SLOT + SCALAR;
    }
}
