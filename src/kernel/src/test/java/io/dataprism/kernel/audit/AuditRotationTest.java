package io.dataprism.kernel.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.audit.Logs.SetClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditRotationTest {
    private static final AuditOptions SMALL =
            AuditOptions.DEFAULT.withLimits(Duration.ofDays(30), AuditOptions.LEAST_SIZE);

    @TempDir
    Path folder;

    private Path log() {
        return folder.resolve("audit");
    }

    private void fill(int changes) throws Exception {
        try (AuditLog log = Logs.open(log(), SMALL)) {
            for (int number = 1; number <= changes; number++) {
                log.changed(Logs.change(number));
                if (number % 20 == 0) {
                    Logs.written(log);
                }
            }
        }
    }

    private long size() throws Exception {
        long size = 0;
        for (AuditFile file : AuditFile.all(log())) {
            size += file.size();
        }
        return size;
    }

    private AuditVerdict verdict() {
        return AuditReader.of(log()).verify(Optional.empty());
    }

    @Test
    void whatIsTooMuchGoesAndWhatIsLeftStillVerifies() throws Exception {
        fill(1_000);
        assertTrue(size() <= AuditOptions.LEAST_SIZE + 2 * SMALL.fileSize(), "" + size());
        AuditVerdict verdict = verdict();
        assertEquals(List.of(), verdict.findings());
        assertTrue(verdict.first() > 100, verdict.toString());
        assertTrue(verdict.notes().get(0).startsWith("Lines 1 to " + (verdict.first() - 1) + " were rotated out"));
        fill(1_000);
        assertEquals(List.of(), verdict().findings());
    }

    @Test
    void whoDeletesAFileIsNotVouchedFor() throws Exception {
        fill(1_000);
        List<AuditFile> files = AuditFile.all(log());
        Files.delete(files.get(0).path());
        assertEquals(1, verdict().findings().size(), verdict().toString());
        assertTrue(verdict().findings().get(0).endsWith("no line of a rotation stands for them."));
    }

    @Test
    void aNodeThatIsKilledWhileItDeletesGoesOnAtTheNextStart() throws Exception {
        Logs.ofChanges(log(), AuditOptions.DEFAULT, 400);
        byte[] whole = Files.readAllBytes(Logs.onlyFile(log()));
        Path first = Logs.onlyFile(log());
        fill(40);
        assertTrue(Files.notExists(first));
        // The line that stands for it was written, and it is still there.
        Files.write(first, whole);
        assertEquals(List.of(), verdict().findings());
        fill(40);
        assertTrue(Files.notExists(first));
        assertEquals(List.of(), verdict().findings());
    }

    @Test
    void whatIsTooOldGoes() throws Exception {
        SetClock clock = new SetClock();
        try (AuditLog log = AuditLog.open(log(), "one", SMALL, clock, 1_000)) {
            log.changed(Logs.change(1));
            Logs.written(log);
            clock.move(Duration.ofDays(2));
            log.changed(Logs.change(2));
            Logs.written(log);
            assertEquals(2, AuditFile.all(log()).size(), "a file a day");
            assertEquals(1, verdict().first());
            clock.move(Duration.ofDays(31));
            log.changed(Logs.change(3));
            Logs.written(log);
        }
        assertEquals(List.of(), verdict().findings());
        assertEquals(4, verdict().first());
        assertTrue(Logs.all(log()).stream().anyMatch(line -> line.entry().why().contains("older than 30 days")));
    }
}
