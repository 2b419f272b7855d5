package io.dataprism.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.attacks.host.AttackFacts;
import io.dataprism.attacks.host.Column;
import io.dataprism.attacks.host.Outcome;
import io.dataprism.attacks.host.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the suite judges what came of its attacks. */
class SuiteReportTest {
    private static final AttackFacts READ = attack("file/read", 0);
    private static final AttackFacts STOP = attack("thread/stop", 20);

    private static AttackFacts attack(String id, int closed) {
        return new AttackFacts(id, "attack.X", "Does it.", "file-access:read", List.of(), "LEAK", closed);
    }

    private static SuiteReport report(int feature, Column column, Map<String, Verdict> verdicts) {
        Map<String, Outcome> outcomes = new java.util.HashMap<>();
        verdicts.forEach((id, verdict) -> outcomes.put(id, new Outcome(verdict, "seen")));
        return new SuiteReport(new Jdk(Path.of(""), feature), List.of(READ, STOP), Map.of(column, outcomes));
    }

    @Test
    void anAttackThatDoesNotWorkWithoutASandboxIsABrokenControl() {
        SuiteReport report =
                report(17, Column.NO_SANDBOX, Map.of("file/read", Verdict.NOTHING, "thread/stop", Verdict.SUCCEEDED));
        assertEquals(List.of("file/read on Java 17: NOTHING, seen"), report.brokenControls());
    }

    @Test
    void whatAReleaseClosedMustNotWorkThereAnyMore() {
        assertEquals(
                List.of(),
                report(25, Column.NO_SANDBOX, Map.of("thread/stop", Verdict.NOTHING))
                        .brokenControls());
        assertEquals(
                List.of("thread/stop on Java 25: SUCCEEDED, seen"),
                report(25, Column.NO_SANDBOX, Map.of("thread/stop", Verdict.SUCCEEDED))
                        .brokenControls());
    }

    @Test
    void anAttackThatEndsTheJvmWithoutMeaningToIsAHole() {
        SuiteReport report =
                report(17, Column.NOTHING_GRANTED, Map.of("file/read", Verdict.KILLED, "thread/stop", Verdict.REFUSED));
        assertEquals(List.of("file/read"), report.holes(Column.NOTHING_GRANTED));
    }

    @Test
    void aNewHoleAndOneThatIsNoneAnyMoreAreBothTold() {
        KnownHoles known =
                KnownHoles.parse(List.of("# for people", "NOTHING_GRANTED thread/stop since 9 before 20  as it was"));
        Map<String, Verdict> verdicts = Map.of("file/read", Verdict.SUCCEEDED, "thread/stop", Verdict.REFUSED);
        assertEquals(
                List.of(
                        "NEW HOLE: file/read, loader, nothing granted, Java 17: seen",
                        "No hole any more: thread/stop, loader, nothing granted, Java 17. Take its line out of known-holes.txt."),
                known.differences(report(17, Column.NOTHING_GRANTED, verdicts), Column.NOTHING_GRANTED));
    }

    @Test
    void aHoleIsKnownForTheReleasesThatItNames() {
        KnownHoles known = KnownHoles.parse(List.of("NOTHING_GRANTED thread/stop before 20  as it was"));
        SuiteReport report = report(25, Column.NOTHING_GRANTED, Map.of("thread/stop", Verdict.SUCCEEDED));
        assertEquals(1, known.differences(report, Column.NOTHING_GRANTED).size());
    }

    @Test
    void aHoleThatIsOneAtTimesMayBeNone() {
        KnownHoles known = KnownHoles.parse(List.of("NOTHING_GRANTED thread/stop  At times: as it was"));
        for (Verdict verdict : List.of(Verdict.REFUSED, Verdict.SUCCEEDED)) {
            SuiteReport report = report(17, Column.NOTHING_GRANTED, Map.of("thread/stop", verdict));
            assertEquals(List.of(), known.differences(report, Column.NOTHING_GRANTED));
        }
    }

    @Test
    void aLineThatIsNoHoleIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> KnownHoles.parse(List.of("NOTHING_GRANTED thread/stop")));
    }

    @Test
    void theTableStandsBetweenItsMarkers(@TempDir Path folder) throws Exception {
        Path page = Files.writeString(
                folder.resolve("security.md"),
                "before\n" + SecurityPage.BEGIN + "\nold\n" + SecurityPage.END + "\nafter\n");
        SuiteReport report = report(17, Column.NOTHING_GRANTED, Map.of("file/read", Verdict.SUCCEEDED));
        SecurityPage.write(page, List.of(report), KnownHoles.parse(List.of()));
        String text = Files.readString(page);
        assertTrue(text.startsWith("before\n") && text.endsWith("\nafter\n"), text);
        assertTrue(text.contains("- Not looked into yet: `file/read`"), text);
        assertTrue(text.contains("| `file/read` | Does it. | `file-access:read` | – | **open** | – |"), text);
        assertTrue(!text.contains("old"), text);
    }
}
