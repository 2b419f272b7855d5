package io.dataprism.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.attacks.host.AttackFacts;
import io.dataprism.attacks.host.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The quick form of the suite: every attack with nothing granted, those that get through the first layer against both, and some without a sandbox, on the JDK that runs the tests. */
class AttackSuiteTest {
    /** Of so many attacks one is tried without a sandbox, too. */
    private static final int SAMPLE = 8;

    private static KnownHoles known;
    private static AttackSuite suite;
    private static SuiteReport report;

    @BeforeAll
    static void run() throws Exception {
        known = KnownHoles.read();
        suite = new AttackSuite(Jdk.running(), line -> {});
        report = suite.run(wanted(suite.attacks()));
    }

    @AfterAll
    static void end() throws Exception {
        suite.close();
    }

    private static BiPredicate<AttackFacts, Column> wanted(List<AttackFacts> attacks) {
        return (attack, column) -> switch (column) {
            case NO_SANDBOX -> attacks.indexOf(attack) % SAMPLE == 0;
            case NOTHING_GRANTED -> true;
            case BOTH_MEANS -> isOpenInFirstLayer(attack);
            default -> false;
        };
    }

    /** Whether it gets through the loader's layer, with the means for it granted. */
    private static boolean isOpenInFirstLayer(AttackFacts attack) {
        return !known.why(attack.id(), Column.MEANS_GRANTED, Jdk.running().feature())
                .isEmpty();
    }

    @Test
    void thereAreAttacksOfManyKinds() {
        Set<String> groups = new HashSet<>();
        suite.attacks().forEach(attack -> groups.add(attack.group()));
        assertTrue(
                suite.attacks().size() >= 120,
                () -> "attacks: " + suite.attacks().size());
        assertTrue(groups.size() >= 15, () -> "groups: " + groups);
    }

    @Test
    void eachAttackWasTried() {
        List<String> untried = suite.attacks().stream()
                .map(AttackFacts::id)
                .filter(id -> report.outcome(id, Column.NOTHING_GRANTED).isEmpty())
                .toList();
        assertEquals(List.of(), untried);
    }

    @Test
    void attacksSucceedWithoutASandbox() {
        assertEquals(List.of(), report.brokenControls());
    }

    @Test
    void whatGetsThroughTheFirstLayerIsHeldByTheSecond() {
        assertTrue(report.attacks().stream()
                        .filter(AttackSuiteTest::isOpenInFirstLayer)
                        .count()
                > 40);
        assertEquals(List.of(), known.differences(report, Column.BOTH_MEANS));
    }

    @Test
    void withNothingGrantedNoneSucceedsButThoseThatAreKnown() throws Exception {
        assertEquals(List.of(), known.differences(report, Column.NOTHING_GRANTED));
    }
}
