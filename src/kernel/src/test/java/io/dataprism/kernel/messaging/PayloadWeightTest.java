package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.api.TableBatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** What a small message can be made to weigh, and what is done about it. */
class PayloadWeightTest {

    /** Ten times the same, and so on: what was received once and is shared from then on. */
    private static Object nested(int levels, boolean asArrays) {
        Object inner = Payloads.give(Payloads.take(new JsonObject().put("text", "x".repeat(1_000))));
        for (int level = 0; level < levels; level++) {
            JsonArray items = new JsonArray();
            JsonObject members = new JsonObject();
            for (int i = 0; i < 10; i++) {
                items.add(inner);
                members.put("m" + i, inner);
            }
            inner = Payloads.give(Payloads.take(asArrays ? items : members));
        }
        return inner;
    }

    @Test
    void whatIsSharedCountsEachTimeAndHasABound() {
        for (boolean asArrays : new boolean[] {true, false}) {
            assertEquals(
                    "DP-0413",
                    assertThrows(PluginException.class, () -> nested(12, asArrays))
                            .code());
        }
    }

    @Test
    void whatIsSharedButNotFrozenYetHasTheSameBound() {
        JsonObject inner = new JsonObject().put("text", "x".repeat(1_000_000));
        for (int level = 0; level < 4; level++) {
            JsonObject outer = new JsonObject();
            for (int i = 0; i < 10; i++) {
                outer.put("m" + i, inner);
            }
            inner = outer;
        }
        JsonObject all = inner;
        assertEquals(
                "DP-0413",
                assertThrows(PluginException.class, () -> Payloads.take(all)).code());
    }

    @Test
    void numbersWeighTheirDigits() {
        BigInteger digits = BigInteger.ONE.shiftLeft(8_000_000);
        assertTrue(Weights.of(digits) > 1_000_000);
        assertTrue(Weights.of(new BigDecimal(digits, 5)) > 1_000_000);
    }

    @Test
    void whoWritesItOutIsToldBefore() {
        assertTrue(PayloadWeight.isBeyond(nested(5, false), 1 << 20));
        assertFalse(PayloadWeight.isBeyond(nested(1, false), 1 << 20));
        assertFalse(PayloadWeight.isBeyond(null, 1 << 20));
        assertTrue(BusBody.whyNot(nested(5, true)).isPresent());
        assertFalse(BusBody.whyNot(nested(1, true)).isPresent());
    }

    @Test
    void whatIsBeyondForCertainIsBeyondWhenWritten() {
        JsonArray smallest = new JsonArray();
        for (int i = 0; i < 10_000; i++) {
            smallest.add(new JsonObject());
        }
        Object given = Payloads.give(Payloads.take(smallest));
        assertFalse(PayloadWeight.isBeyond(given, smallest.encode().length()));
    }

    @Test
    void aBatchHoldsNoneOfItsSendersCode() {
        BitSet hostile = new BitSet() {
            @Override
            public boolean get(int bit) {
                throw new IllegalStateException("the sender's code runs");
            }

            @Override
            public Object clone() {
                return this;
            }
        };
        hostile.set(1);
        TableBatch batch = new TableBatch.Builder(2)
                .doubles("d", hostile, new double[] {1, 2})
                .build();
        assertTrue(batch.columns().get(0).isNull(1));
        assertFalse(batch.columns().get(0).isNull(0));
        assertSame(batch, Payloads.take(batch));
    }
}
