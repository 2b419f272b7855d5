package io.dataprism.bench.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckLaneTest {
    @ParameterizedTest
    @EnumSource(Question.class)
    void theGateAllowsWhatIsAskedFor(Question question) throws Exception {
        for (String name : new String[] {CheckLanes.KERNEL, CheckLanes.UNCHECKED}) {
            try (CheckLane lane = CheckLanes.gate(name, question, 50)) {
                lane.open();
                assertEquals(1_000, lane.check(1_000), name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed", "text", "host", "path"})
    void aPluginsCallsAreMade(String site) throws Exception {
        for (String name : new String[] {CheckLanes.KERNEL, CheckLanes.UNCHECKED}) {
            try (CheckLane lane = CheckLanes.site(name, site)) {
                lane.open();
                assertEquals(100, lane.check(100), name);
            }
        }
    }
}
