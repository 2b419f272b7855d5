package io.dataprism.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter err = new StringWriter();

    private Screen screen(String terminals) {
        String before = System.getProperty("dataprism.terminal", "none");
        System.setProperty("dataprism.terminal", terminals);
        try {
            return Screen.of(new PrintWriter(new StringWriter()), new PrintWriter(err, true));
        } finally {
            System.setProperty("dataprism.terminal", before);
        }
    }

    @Test
    void onATerminalABarIsShownAndTakenAwayAgain() {
        Progress progress = Progress.of(screen("err"), "start greeter", 0);
        await().until(() -> err.toString().contains("start greeter"));
        progress.close();
        assertTrue(err.toString().endsWith("\r\u001b[K"), err.toString());
    }

    @Test
    void aNoteIsShownAlsoWhileNothingIsDone() {
        Progress progress = Progress.of(screen("err"), "run", 2);
        await().until(() -> err.toString().contains("run"));
        progress.at(0, "greeter initialized");
        await().until(() -> err.toString().contains("greeter initialized"));
        progress.close();
    }

    @Test
    void whoPrintsALineClearsABarThatStandsThere() {
        assertEquals("", Progress.clearing());
        Progress progress = Progress.of(screen("err"), "run", 0);
        await().until(() -> Progress.clearing().equals("\r\u001b[K"));
        progress.close();
        assertEquals("", Progress.clearing());
    }

    @Test
    void whatIsDoneAtOnceShowsNone() {
        Progress.of(screen("err"), "start greeter", 0).close();
        assertEquals("", err.toString());
    }
}
