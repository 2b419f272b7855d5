package io.dataprism.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WantedTest {
    @Test
    void withoutWordsItIsTheWholeTable() {
        Wanted wanted = Wanted.of(List.of());
        assertTrue(wanted.isAll());
        List<Fault> faults = wanted.faults();
        assertEquals(faults.size(), faults.stream().map(Fault::name).distinct().count());
    }

    @Test
    void namesChooseRowsInTheirOrder() {
        Wanted wanted = Wanted.of(List.of("full-disk", "--json", "deadlock"));
        assertEquals(
                List.of("full-disk", "deadlock"),
                wanted.faults().stream().map(Fault::name).toList());
        assertTrue(wanted.isJson());
        assertFalse(wanted.isAll());
    }

    @Test
    void whatIsCutShortIsNotTheTable() {
        assertFalse(Wanted.of(List.of("--seconds", "30")).isAll());
        assertFalse(Wanted.of(List.of("--brief")).isAll());
    }

    @Test
    void whatIsWrongIsTold() {
        assertTold("there is no fault 'deadlok'. There are: crash-loop, ", "deadlok");
        assertTold("unknown option '--quick' of test --faults.", "--quick");
        assertTold("--seed needs a number of at least 1, but is 'x'", "--seed", "x");
        assertTold("--seconds needs a number of at least 1, but is ''", "--seconds");
    }

    private static void assertTold(String beginning, String... words) {
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, () -> Wanted.of(List.of(words)));
        assertTrue(String.valueOf(wrong.getMessage()).startsWith(beginning), wrong.getMessage());
    }
}
