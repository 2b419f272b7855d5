package io.dataprism.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.bench.row.Measured;
import io.dataprism.bench.row.Metric;
import io.dataprism.bench.row.Target;
import io.dataprism.bench.row.Verdict;
import io.dataprism.bench.stats.Median;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentTest {
    private static final Machine MACHINE =
            new Machine("Abacus", 2, "Linux 6", "OpenJDK 17", LocalDate.of(2026, 11, 22), 0.1);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void document() throws IOException {
        file = folder.resolve("performance.md");
        Files.writeString(file, "# By hand\n\n" + Document.BEGIN + "\n" + Document.END + "\n\nAlso by hand.\n");
    }

    @Test
    void writesATableWithBoundsAndVerdict() throws IOException {
        write(row("topic-1", 6e6, 3e6));
        assertEquals("""
                # By hand

                %s

                ### `topic-1` one row

                |  | M/s | kernel's lead |
                | --- | --- | --- |
                | kernel | 6.00 (6.00–6.00) |  |
                | bus | 3.00 (3.00–3.00) | 2.00 (2.00–2.00) |

                Below its target of 2.50 × bus: 2.00. \s
                2026-11-22, Abacus, 2 processors, OpenJDK 17.

                %s

                Also by hand.
                """.formatted(Document.BEGIN, Document.END), Files.readString(file));
    }

    @Test
    void aRowMeasuredAgainReplacesItselfAndLeavesTheOthers() throws IOException {
        write(row("topic-10", 1e6, 1e6));
        write(row("topic-1", 6e6, 3e6));
        write(row("topic-10", 9e6, 1e6));
        String text = Files.readString(file);
        assertTrue(text.indexOf("`topic-1`") < text.indexOf("`topic-10`"), text);
        assertTrue(text.contains("9.00 (9.00–9.00)"), text);
        assertEquals(2, text.split("(?m)^### ").length - 1);
    }

    @Test
    void aDocumentWithoutMarksIsRefused() throws IOException {
        Files.writeString(file, "# Mine\n");
        assertThrows(IOException.class, () -> write(row("topic-1", 1, 1)));
        assertEquals("# Mine\n", Files.readString(file));
    }

    @Test
    void aBusyMachineIsSaid() throws IOException {
        Machine busy = new Machine("Abacus", 2, "Linux 6", "OpenJDK 17", LocalDate.of(2026, 11, 22), 7.25);
        new Document(file, List.of())
                .write(busy, List.of(row("topic-1", 1e6, 1e6)), Map.of("topic-1", "performance/a.svg"));
        assertTrue(Files.readString(file)
                .contains("**others used the machine (load 7.3)**.\n\n![one row](performance/a.svg)"));
    }

    private void write(Measured row) throws IOException {
        new Document(file, List.of("topic-1", "topic-10")).write(MACHINE, List.of(row), Map.of());
    }

    private static Measured row(String name, double kernel, double bus) {
        Median ratio = Median.of(List.of(kernel / bus));
        Map<String, Map<Metric, Median>> medians = new TreeMap<>(java.util.Comparator.reverseOrder());
        medians.put("kernel", Map.of(Metric.RATE, Median.of(List.of(kernel))));
        medians.put("bus", Map.of(Metric.RATE, Median.of(List.of(bus))));
        return new Measured(
                name,
                "one row",
                Metric.RATE,
                medians,
                Map.of("bus", ratio),
                List.of(new Verdict.Lead(new Target("bus", 2.5), ratio)));
    }
}
