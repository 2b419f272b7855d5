package io.dataprism.faults.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Distribution;
import io.dataprism.faults.node.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultPageTest {
    private static final int RELEASE = Runtime.version().feature();

    @TempDir
    Path folder;

    /** One that needs no node. */
    private static final class Rain implements Fault {
        @Override
        public String name() {
            return "rain";
        }

        @Override
        public String fault() {
            return "it rains";
        }

        @Override
        public String promise() {
            return "nobody gets wet";
        }

        @Override
        public void tryOut(Scene scene, Findings findings) {
            findings.weaker("it only drizzled");
            findings.saw("%d drops | more", 3);
            findings.holds(false, "one got wet");
        }
    }

    private Report rain() {
        Report report = new Report(new Distribution(folder), line -> {});
        report.tryOut(new Rain());
        return report;
    }

    @Test
    void theTableOfThisReleaseIsReplacedAndNothingElse() throws Exception {
        Path page = folder.resolve("faults.md");
        String frame = "before\n" + FaultPage.begin(RELEASE) + "%s" + FaultPage.end(RELEASE) + "\nafter\n";
        Files.writeString(page, frame.formatted("\nold\n"));
        FaultPage.write(page, rain());
        String text = Files.readString(page);
        assertTrue(text.startsWith("before\n") && text.endsWith("\nafter\n") && !text.contains("old"), text);
        assertTrue(
                text.contains("| it rains<br>`rain` | nobody gets wet | *weaker promise tested: it only drizzled*<br>3"
                        + " drops \\| more<br>**broken:** one got wet | BROKEN |"),
                text);
        FaultPage.write(page, rain());
        assertEquals(text, Files.readString(page));
    }

    @Test
    void aPageWithoutAPlaceForItIsRefused() throws Exception {
        Path page = Files.writeString(folder.resolve("faults.md"), "nothing");
        assertThrows(IOException.class, () -> FaultPage.write(page, rain()));
    }
}
