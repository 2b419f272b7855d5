package io.dataprism.kernel.audit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditHeadsTest {
    @TempDir
    Path folder;

    private Path log() {
        return folder.resolve("audit");
    }

    private Path heads() {
        return folder.resolve("heads.jsonl");
    }

    private AuditOptions often() {
        return AuditOptions.DEFAULT.withHeads(heads(), Duration.ofMillis(20));
    }

    @Test
    void theHeadIsToldWhileItRunsAndOnlyWhereThereIsSomethingNew() throws Exception {
        try (AuditLog log = Logs.open(log(), often())) {
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(heads()));
            log.changed(Logs.change(1));
            Logs.written(log);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> AuditHeads.read(heads()).stream().anyMatch(head -> head.sequence() == 3));
        }
        List<Head> heads = AuditHeads.read(heads());
        assertEquals(4, heads.get(heads.size() - 1).sequence());
        assertEquals(heads.size(), heads.stream().map(Head::sequence).distinct().count());
        AuditVerdict verdict = AuditReader.of(log()).verify(Optional.of(heads()));
        assertTrue(verdict.isSound(), verdict.toString());
        assertEquals(heads.size(), verdict.heads());
    }

    @Test
    void whereTheyCanNotBeToldThatIsSaidAndDoneOnceItCan() throws Exception {
        Files.createDirectory(heads());
        try (AuditLog log = Logs.open(log(), often())) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> log.trouble().orElse("").startsWith("DP-0854 "));
            Logs.written(log);
            Files.delete(heads());
            await().atMost(Duration.ofSeconds(20)).until(() -> log.trouble().isEmpty());
        }
        assertEquals(
                3,
                AuditHeads.read(heads())
                        .get(AuditHeads.read(heads()).size() - 1)
                        .sequence());
    }

    @Test
    void aLineThatWasLeftUnfinishedIsPassedOver() throws Exception {
        Logs.ofChanges(log(), often(), 1);
        String whole = Files.readString(heads());
        Files.writeString(heads(), whole + "{\"node\":\"one\",\"at\":\"2027");
        int before = AuditHeads.read(heads()).size();
        Logs.ofChanges(log(), often(), 1);
        List<Head> heads = AuditHeads.read(heads());
        assertTrue(heads.size() > before);
        assertTrue(AuditReader.of(log()).verify(Optional.of(heads())).isSound());
    }
}
