package io.dataprism.kernel.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.kernel.testing.KernelTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A plugin writes into the text of what it throws what a line of the node's own log looks like. */
final class ForgedLinesTest extends KernelTest {
    private static final String FORGED = "2026-11-30 12:00:00 INFO  kernel - all is well";
    private static final String SAYS =
            "new IllegalStateException(\"x\\n" + FORGED + "\\r\\n\\u001b[2K\\u202e" + FORGED + "\") {{"
                    + " setStackTrace(new StackTraceElement[] {new StackTraceElement(\"a\\n" + FORGED
                    + "\", \"m\", \"F.java\\n" + FORGED + "\", 1)}); }}";

    private static List<String> printed(Throwable thrown) {
        return ThrowableProxyUtil.asString(new ThrowableProxy(thrown)).lines().toList();
    }

    private static boolean isForged(String line) {
        return line.startsWith("2026") || line.chars().anyMatch(c -> c == 0x1b || c == 0x202e);
    }

    @Test
    void inTheLogOfThePluginAndOfTheNode() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            load(Hostile.plugin()
                    .permission("event-subscribe")
                    .capability("say", "context.log().error(\"it\", " + SAYS + "); throw " + SAYS + ";"));
            failure(kernel.call("hostile", "say", null));
            soon().until(() -> log.list.stream()
                            .filter(event -> event.getThrowableProxy() != null)
                            .count()
                    >= 1);
        } finally {
            root.detachAppender(log);
        }
        for (ILoggingEvent event : List.copyOf(log.list)) {
            assertTrue(
                    event.getFormattedMessage().lines().noneMatch(ForgedLinesTest::isForged),
                    event::getFormattedMessage);
            if (event.getThrowableProxy() != null) {
                String text = ThrowableProxyUtil.asString(event.getThrowableProxy());
                assertTrue(text.lines().noneMatch(ForgedLinesTest::isForged), text);
            }
        }
    }

    @Test
    void inACopyOfWhatItThrew() {
        Throwable thrown = new IllegalStateException("x\n" + FORGED + "\u001b[2K");
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("a\n" + FORGED, "m", null, 1)});
        assertTrue(printed(thrown).stream().anyMatch(ForgedLinesTest::isForged), "a naive log shows no forged line");
        SafeFailure copied = SafeFailure.copy(thrown);
        assertEquals(
                List.of(),
                printed(copied).stream().filter(ForgedLinesTest::isForged).toList());
        assertEquals(
                "one\ttwo, as it is",
                SafeFailure.copy(new IllegalStateException("one\ttwo, as it is"))
                        .text());
    }

    @Test
    void aStackTraceWithoutEnd() {
        Throwable endless = new IllegalStateException("x") {
            private static final long serialVersionUID = 1L;

            @Override
            public StackTraceElement[] getStackTrace() {
                StackTraceElement[] frames = new StackTraceElement[1_000_000];
                java.util.Arrays.fill(frames, new StackTraceElement("c".repeat(1_000), "m", "f", 1));
                return frames;
            }
        };
        StackTraceElement[] kept = SafeFailure.copy(endless).getStackTrace();
        assertTrue(kept.length > 0 && kept.length <= 1_024, "kept " + kept.length + " frames");
        assertTrue(kept[0].getClassName().length() < 1_000, kept[0]::getClassName);
    }
}
