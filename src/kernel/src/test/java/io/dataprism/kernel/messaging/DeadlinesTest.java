package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    /** Two looks so far apart are a rest; looks from near come each 10 ms. */
    private static final long REST_NANOS = 150_000_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Node node = new Node();
    private final Promise<Object> never = Promise.promise();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void whereOnlyFarDeadlinesAreWatchedItRestsAndANearOneWakesIt() throws Exception {
        node.serving("callee", Capabilities.of("never", call -> never.future()));
        Future<Object> far = call(Duration.ofHours(1));
        long soonest = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            untilItRests();
            long start = System.nanoTime();
            CallException late = assertThrows(CallException.class, () -> Node.await(call(Duration.ofMillis(10))));
            soonest = Math.min(soonest, System.nanoTime() - start);
            assertEquals(FailureKind.LATE, late.kind());
        }
        assertTrue(soonest < REST_NANOS, "the soonest of five ended after " + soonest / 1_000_000 + " ms");
        never.complete("at last");
        assertEquals("at last", Node.await(far));
    }

    @Test
    void aDeadlineThatComesNearWhileItRestsIsKept() throws Exception {
        node.serving("callee", Capabilities.of("never", call -> never.future()));
        Future<Object> far = call(Duration.ofHours(1));
        untilItRests();
        CallException late = assertThrows(CallException.class, () -> Node.await(call(Duration.ofSeconds(1))));
        assertEquals(FailureKind.LATE, late.kind());
        never.complete("at last");
        assertEquals("at last", Node.await(far));
    }

    private Future<Object> call(Duration within) {
        return node.host().calls().call("callee", "never", null, CallOptions.within(within));
    }

    /** Until it has just begun a rest: the next would be that long from now. */
    private static void untilItRests() throws Exception {
        long thread = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().equals("dataprism-deadlines-n1"))
                .mapToLong(ThreadInfo::getThreadId)
                .max()
                .orElseThrow();
        var last = new Object() {
            long looks = -1;
            long at;
        };
        Node.until(() -> {
            long looks = THREADS.getThreadInfo(thread).getWaitedCount();
            if (looks == last.looks) {
                return false;
            }
            long now = System.nanoTime();
            boolean rested = last.looks >= 0 && now - last.at > REST_NANOS;
            last.looks = looks;
            last.at = now;
            return rested;
        });
    }
}
