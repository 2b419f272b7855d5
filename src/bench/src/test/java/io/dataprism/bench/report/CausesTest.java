package io.dataprism.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CausesTest {
    @Test
    void whatAForkThrewIsAmongTheSuppressed() {
        RuntimeException run = new RuntimeException("Benchmark caught the exception");
        Exception call = new IllegalStateException("A call failed", new TimeoutException("ask timed out"));
        run.addSuppressed(call);
        run.addSuppressed(call);
        run.addSuppressed(new NullPointerException());
        assertEquals(
                "Benchmark caught the exception; A call failed; ask timed out; NullPointerException", Causes.of(run));
    }

    @Test
    void aFailureThatIsItsOwnCauseEnds() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);
        assertEquals("one; two", Causes.of(one));
    }
}
