package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.logging.LogLines;
import io.dataprism.kernel.messaging.SafeFailure;
import org.junit.jupiter.api.Test;

/** What a plugin throws, and what it does to the copy that it gets, writes no line of its own into the log. */
class ForgedFailuresTest {
    private static final String FORGED = "x\n2026-11-30T16:00:00.000Z ERROR Kernel: forged";

    @Test
    void aMessageIsOneLine() {
        try (LogLines log = new LogLines(HandlerFailures.class)) {
            new HandlerFailures().failed(Caller.HOST, "topic a.b", SafeFailure.copy(new RuntimeException(FORGED)));
            assertEquals(1, log.seen().size());
            String line = log.seen().get(0);
            assertTrue(line.contains("forged"), line);
            assertFalse(line.contains("\n"), line);
        }
    }

    @Test
    void aCodeIsOneLineAndShort() {
        SafeFailure failure = SafeFailure.copy(new PluginException(FORGED.repeat(100), "m"));
        assertFalse(failure.code().contains("\n"), failure.code());
        assertTrue(failure.code().length() < 100, failure.code());
        assertEquals(
                "DP-0601", SafeFailure.copy(new PluginException("DP-0601", "m")).code());
    }

    @Test
    void whoGetsACopyWritesNothingIntoIt() {
        SafeFailure failure = SafeFailure.copy(new RuntimeException("m"));
        StackTraceElement[] before = failure.getStackTrace();
        assertTrue(before.length > 0);
        failure.setStackTrace(new StackTraceElement[] {new StackTraceElement("a", "b\nforged", null, 1)});
        assertEquals(before.length, failure.getStackTrace().length);
        assertEquals(before[0], failure.getStackTrace()[0]);
        assertEquals(before[0], failure.fillInStackTrace().getStackTrace()[0]);
    }
}
