package io.dataprism.attacks;

import io.dataprism.attacks.host.AttackFacts;
import io.dataprism.attacks.host.Column;
import io.dataprism.attacks.host.Outcome;
import io.dataprism.attacks.host.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of the attacks on one JDK.
 *
 * @param attacks those that there are on it, by id
 * @param outcomes for each column that was run, by attack's id; an attack that was not tried has none
 */
public record SuiteReport(Jdk jdk, List<AttackFacts> attacks, Map<Column, Map<String, Outcome>> outcomes) {
    public SuiteReport {
        attacks = List.copyOf(attacks);
        outcomes = Map.copyOf(outcomes);
    }

    public Optional<Outcome> outcome(String id, Column column) {
        return Optional.ofNullable(outcomes.getOrDefault(column, Map.of()).get(id));
    }

    /** Attacks that don't succeed where nothing holds them, so that they show nothing: each with what came of it. */
    public List<String> brokenControls() {
        List<String> broken = new ArrayList<>();
        for (AttackFacts attack : attacks) {
            outcome(attack.id(), Column.NO_SANDBOX)
                    .filter(outcome -> outcome.succeeded() == attack.isClosedIn(jdk.feature()))
                    .ifPresent(outcome -> broken.add(attack.id() + " on Java " + jdk.feature() + ": "
                            + outcome.verdict() + ", " + outcome.detail()));
        }
        return broken;
    }

    /** The ids of the attacks that got through in a column: that succeeded, or ended the JVM where that was not even meant. */
    public List<String> holes(Column column) {
        return attacks.stream()
                .map(AttackFacts::id)
                .filter(id -> outcome(id, column).map(SuiteReport::isHole).orElse(false))
                .toList();
    }

    static boolean isHole(Outcome outcome) {
        return outcome.succeeded() || outcome.verdict() == Verdict.KILLED;
    }
}
