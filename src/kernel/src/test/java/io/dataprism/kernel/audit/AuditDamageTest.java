package io.dataprism.kernel.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a log behind its node's back is found. */
class AuditDamageTest {
    private static final int CHANGES = 10;

    @TempDir
    Path folder;

    private List<String> lines;
    private Path file;

    @BeforeEach
    void writeOne() throws Exception {
        AuditOptions options = AuditOptions.DEFAULT.withHeads(heads(), AuditOptions.DEFAULT.headsEvery());
        lines = new ArrayList<>(Logs.ofChanges(log(), options, CHANGES));
        file = Logs.onlyFile(log());
        assertEquals(List.of(), Logs.findings(log()));
        assertEquals(CHANGES + 3, lines.size());
    }

    private Path log() {
        return folder.resolve("audit");
    }

    private Path heads() {
        return folder.resolve("elsewhere").resolve("heads.jsonl");
    }

    private List<String> withHeads() {
        return AuditReader.of(log()).verify(Optional.of(heads())).findings();
    }

    private void only(String finding, List<String> found) {
        assertEquals(1, found.size(), found.toString());
        assertTrue(found.get(0).startsWith(finding), found.toString());
    }

    @Test
    void aByteThatTurnedAnywhereIsFound() throws Exception {
        byte[] sound = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int turn = 0; turn < 400; turn++) {
            int at = random.nextInt(sound.length);
            byte[] turned = sound.clone();
            turned[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, turned);
            assertFalse(withHeads().isEmpty(), "byte " + at + " became " + turned[at]);
        }
        Files.write(file, sound);
        assertEquals(List.of(), withHeads());
    }

    @Test
    void anAlteredLineIsNamed() throws Exception {
        lines.set(4, lines.get(4).replace("because 3", "because 4"));
        Logs.write(file, lines);
        only(
                "Line 5 (" + file.getFileName() + ", line 5) was altered: its hash is not that of its bytes.",
                Logs.findings(log()));
    }

    @Test
    void anAlteredLineWithANewHashIsFoundByTheNextOne() throws Exception {
        AuditLine line = Logs.all(log()).get(4);
        byte[] forged = AuditLine.seal(line.sequence(), line.at(), Logs.change(99), line.prev());
        lines.set(4, new String(forged, StandardCharsets.UTF_8));
        Logs.write(file, lines);
        only("Line 6 (" + file.getFileName() + ", line 6) does not continue the line before", Logs.findings(log()));
    }

    @Test
    void removedLinesAreNamed() throws Exception {
        lines.subList(4, 6).clear();
        Logs.write(file, lines);
        only("Lines 5 to 6 were removed before line 7", Logs.findings(log()));
    }

    @Test
    void linesThatWereSwappedAreFound() throws Exception {
        Collections.swap(lines, 4, 5);
        Logs.write(file, lines);
        assertFalse(Logs.findings(log()).isEmpty());
    }

    @Test
    void aCopiedLineIsFound() throws Exception {
        lines.add(6, lines.get(5));
        Logs.write(file, lines);
        only("Line 6 (" + file.getFileName() + ", line 7) stands behind line 6", Logs.findings(log()));
    }

    @Test
    void aCutBeginningIsFound() throws Exception {
        lines.subList(0, 2).clear();
        Logs.write(file, lines);
        only("Lines 1 to 2 were removed, and no line of a rotation stands for them.", Logs.findings(log()));
    }

    @Test
    void aCutEndIsFoundByTheHeadsAlone() throws Exception {
        Logs.write(file, lines.subList(0, 7));
        assertEquals(List.of(), Logs.findings(log()));
        only("The log's end was cut off: the heads name line 13, as of ", withHeads());
        Files.delete(file);
        only("The log's end was cut off", withHeads());
    }

    @Test
    void aLogThatWasWrittenAnewIsFoundByTheHeadsAlone() throws Exception {
        Files.delete(file);
        Logs.ofChanges(log(), AuditOptions.DEFAULT, CHANGES);
        assertEquals(List.of(), Logs.findings(log()));
        only("Line 13 is not the one that the heads name", withHeads());
    }

    @Test
    void theNextNodeGoesOnBehindDamageAndTheDamageStaysFound() throws Exception {
        lines.set(12, lines.get(12).replace("node-stopped", "node-stOpped"));
        Logs.write(file, lines);
        Logs.open(log()).close();
        assertEquals(
                List.of("node-stOpped", "audit-damaged", "node-ended", "node-started", "node-stopped"),
                Logs.whats(log()).subList(12, 17));
        only("Line 13 (" + file.getFileName() + ", line 13) was altered", Logs.findings(log()));
        // And behind a file of which no line is left.
        Files.writeString(AuditFile.all(log()).get(1).path(), "nothing\n");
        Logs.open(log()).close();
        assertEquals("node-stopped", Logs.whats(log()).get(Logs.whats(log()).size() - 1));
        assertFalse(Logs.findings(log()).isEmpty());
    }

    @Test
    void whatIsNoFileOfHeadsIsRefused() throws Exception {
        Files.writeString(heads(), "{\"sequence\":1}\n");
        PluginException refused = assertThrows(PluginException.class, this::withHeads);
        assertEquals("DP-0853", refused.code());
        assertEquals(
                "DP-0853",
                assertThrows(
                                PluginException.class,
                                () -> AuditReader.of(log()).verify(Optional.of(folder.resolve("none"))))
                        .code());
    }
}
