package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginException;
import io.dataprism.api.TableBatch;
import io.dataprism.kernel.vertx.SharedBuffers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes of heap a payload takes, so that mailboxes can be bounded in bytes. Never walks: what is large knows its weight. What
 * stands in JSON twice counts twice, since whoever reads or writes it meets it twice.
 */
final class Weights {
    static final int OBJECT = 64;
    /** The heaviest message: 512 MiB. */
    static final long HEAVIEST = 1L << 29;

    private static final int SCALAR = 16;
    private static final int SLOT = 8;

    private Weights() {}

    /**
     * {@code weight} and {@code more}, which nobody has counted together yet.
     *
     * @throws PluginException {@code DP-0413} beyond {@link #HEAVIEST}
     */
    static long sum(long weight, long more) {
        long sum = weight + more;
        if (sum > HEAVIEST) {
            throw tooHeavy();
        }
        return sum;
    }

    private static PluginException tooHeavy() {
        return new PluginException(
                "DP-0413",
                "A message takes more than " + (HEAVIEST >> 20)
                        + " MiB, what stands in it repeatedly counted each time."
                        + " Send it in parts, or put the data into a table and send the table's handle.");
    }

    /** The same with what stands around a message. */
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
        if (owned instanceof Integer || owned instanceof Double || owned instanceof Boolean || owned instanceof Long) {
            return SLOT + SCALAR;
        }
        return ofOther(owned);
    }

    /** By itself, so that the JVM puts what most values need wherever a message is made. */
    private static long ofOther(Object owned) {
        if (owned instanceof FrozenMap map) {
            return SLOT + map.weight();
        }
        if (owned instanceof FrozenList list) {
            return SLOT + list.weight();
        }
        if (owned instanceof SharedRecord shared) {
            return OBJECT + shared.weight();
        }
        if (SharedBuffers.isShared(owned)) {
            return OBJECT + SharedBuffers.length(owned);
        }
        if (owned instanceof TableBatch batch) {
            return OBJECT + batch.weight();
        }
        if (owned instanceof BigDecimal number) {
            return OBJECT + ofDigits(number.unscaledValue());
        }
        return owned instanceof BigInteger number ? ofDigits(number) : SLOT + SCALAR;
    }

    /** The same of what {@link Payloads#give} returned, or of JSON that holds such. */
    static long ofGiven(@Nullable Object given) {
        if (given instanceof Buffer buffer) {
            return (long) OBJECT + buffer.length();
        }
        return of(given instanceof JsonObject || given instanceof JsonArray ? Payloads.take(given) : given);
    }

    private static long ofDigits(BigInteger number) {
        return OBJECT + number.bitLength() / 8L;
    }
}
