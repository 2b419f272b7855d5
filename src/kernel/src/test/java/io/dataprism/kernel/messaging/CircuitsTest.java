package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.CircuitBreaker;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Circuit breakers: by themselves, and around calls of a plugin. */
final class CircuitsTest extends KernelTest {
    private static final CircuitBreaker THREE = new CircuitBreaker(3, Duration.ofNanos(100));
    private static final Throwable FAILED = new CallException(FailureKind.FAILED, "no");
    private static final Throwable INVALID = new CallException(FailureKind.INVALID, "not so");

    private final Circuits circuits = new Circuits();

    private void call(long now, @Nullable Throwable end) {
        circuits.ended(Objects.requireNonNull(circuits.pass("a:b", now)), end, THREE, now);
    }

    @Test
    void opensAfterFailuresInARowAndClosesAfterOneThatSucceeds() {
        call(0, FAILED);
        call(1, FAILED);
        call(2, null);
        call(3, FAILED);
        call(4, INVALID);
        call(5, FAILED);
        call(6, FAILED);
        assertNull(circuits.pass("a:b", 105));
        assertEquals(1, circuits.left("a:b", 105));
        assertNotNull(circuits.pass("a:c", 105), "another capability");
        Circuits.Pass trial = Objects.requireNonNull(circuits.pass("a:b", 106));
        assertTrue(trial.trial());
        assertNull(circuits.pass("a:b", 107), "one at a time");
        circuits.ended(trial, FAILED, THREE, 110);
        assertNull(circuits.pass("a:b", 209));
        Circuits.Pass again = Objects.requireNonNull(circuits.pass("a:b", 210));
        circuits.ended(again, INVALID, THREE, 211);
        Circuits.Pass third =
                Objects.requireNonNull(circuits.pass("a:b", 212), "nothing was learnt from the one before");
        circuits.ended(third, null, THREE, 213);
        assertFalse(Objects.requireNonNull(circuits.pass("a:b", 214)).trial());
    }

    /** Calls that end in any order: never more than one trial at once, and none but that while it is open. */
    @Test
    void holdsWhateverTheOrderInWhichCallsEnd() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Circuits tried = new Circuits();
            Deque<Circuits.Pass> under = new ArrayDeque<>();
            int refused = 0;
            for (long now = 0; now < 400; now++) {
                if (random.nextBoolean()) {
                    Circuits.Pass pass = tried.pass("a:b", now);
                    if (pass == null) {
                        refused++;
                    } else {
                        boolean another = under.stream().anyMatch(Circuits.Pass::trial);
                        assertFalse(pass.trial() && another, "seed " + seed + " at " + now);
                        under.add(pass);
                    }
                } else if (!under.isEmpty()) {
                    Circuits.Pass pass = random.nextBoolean() ? under.removeFirst() : under.removeLast();
                    tried.ended(pass, random.nextInt(4) == 0 ? null : FAILED, THREE, now);
                }
            }
            under.forEach(pass -> tried.ended(pass, null, THREE, 400));
            assertNotNull(tried.pass("a:b", 1_000), "seed " + seed);
            assertTrue(refused < 400);
        }
    }

    @Test
    void callsOfAPluginThatFailsAreRefusedUntilItWorks() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        load(
                PluginJar.of("prices")
                        .capability(
                                "find",
                                "note(\"asked\"); return isOpen() ? Future.succeededFuture(1) : Future.failedFuture(\"no source\");"));
        CallOptions careful = CallOptions.DEFAULT.breaking(new CircuitBreaker(3, Duration.ofMillis(200)));
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    "DP-0305",
                    failure(kernel.call("prices", "find", null, careful)).code());
        }
        CallException refused =
                assertInstanceOf(CallException.class, failure(kernel.call("prices", "find", null, careful)));
        assertEquals(FailureKind.BUSY, refused.kind());
        assertEquals("DP-0669", refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains("It is tried again at 20"), refused.getMessage());
        assertEquals(3, notes().stream().filter("prices:asked"::equals).count());
        // Who wants no breaker is not kept from calling.
        assertEquals("DP-0305", failure(kernel.call("prices", "find", null)).code());
        gate.countDown();
        soon().until(() -> kernel.call("prices", "find", null, careful)
                .toCompletionStage()
                .toCompletableFuture()
                .handle((answer, cause) -> cause == null)
                .get());
        assertEquals(1, await(kernel.<Integer>call("prices", "find", null, careful)));
    }
}
