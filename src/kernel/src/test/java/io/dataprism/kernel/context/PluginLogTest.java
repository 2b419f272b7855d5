package io.dataprism.kernel.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.logging.LogLines;
import io.dataprism.kernel.resource.Tally;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a plugin logs is seen to be its own, is of the length that a line has, and is nothing but that line. */
class PluginLogTest {
    private static final String FORGED =
            "ok\r\n2026-01-01 ERROR kernel: all is lost\u001b[2J\u009b31m\u2028\u202e\u0000\t";
    private static final List<String> BREAKS = List.of("\r", "\n", "\u001b", "\u009b", "\u2028", "\u202e", "\u0000");

    private final PluginLog log = new PluginLog(new PluginId("p"), Tally.usual());

    private static void assertClean(String text) {
        BREAKS.forEach(mark -> assertFalse(text.contains(mark), () -> "found " + mark.codePointAt(0) + " in " + text));
    }

    @Test
    void aMessageIsOneLineOfItsOwnLogger() {
        try (LogLines lines = new LogLines("plugin.p")) {
            log.info(FORGED);
            log.warn(FORGED);
            log.error("x".repeat(1_000_000));
            assertEquals(3, lines.seen().size());
            assertClean(lines.seen().get(0));
            assertTrue(lines.seen().get(2).length() < 8_100);
        }
    }

    /** One that makes up everything about itself. */
    private static final class Forged extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int depth;

        Forged(int depth) {
            super(FORGED);
            this.depth = depth;
        }

        @Override
        public synchronized Throwable getCause() {
            return new Forged(depth + 1);
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            StackTraceElement[] frames = new StackTraceElement[100_000];
            Arrays.fill(frames, new StackTraceElement(FORGED, FORGED, FORGED, FORGED, FORGED, FORGED, 1));
            return frames;
        }
    }

    @Test
    void aCauseForgesNoLinesAndIsOfBoundedLength() {
        try (LogLines lines = new LogLines("plugin.p")) {
            log.error("it failed", new Forged(0));
            String shown = lines.causes().get(0);
            shown.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> assertTrue(
                            line.startsWith("at ")
                                    || line.startsWith("io.dataprism.")
                                    || line.startsWith("Caused by: io.dataprism.")
                                    || line.startsWith("... "),
                            line));
            shown.lines().forEach(PluginLogTest::assertClean);
            assertTrue(shown.length() < 2_000_000, shown.length() + " characters");
        }
    }

    @Test
    void aCauseThatFailsToTellIsTold() {
        try (LogLines lines = new LogLines("plugin.p")) {
            log.error("it failed", new RuntimeException("never seen") {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new IllegalStateException("the plugin's own");
                }
            });
            assertEquals(List.of("it failed"), lines.seen());
            assertTrue(
                    lines.causes().get(0).contains("its message could not be read"),
                    lines.causes().get(0));
        }
    }

    @Test
    void soManyLinesAMinuteAndNoMore() {
        try (LogLines lines = new LogLines("plugin.p")) {
            for (int n = 0; n < 5_000; n++) {
                log.info("again");
            }
            assertEquals(1_000, lines.seen().size());
            assertTrue(
                    lines.seen().get(999).contains("more like this are only counted"),
                    lines.seen().get(999));
        }
    }
}
