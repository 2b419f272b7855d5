package io.dataprism.kernel.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a grant holds, by a clock that the test turns. */
class TermTest {
    private Instant now = Instant.parse("2026-12-01T10:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final GrantStore grants = new GrantStore(clock);
    private final PermissionGate gate = new PermissionGate(grants);
    private final PluginId id = new PluginId("weather");
    private final Caller plugin = Caller.plugin(id);
    private final Permission tell = Permission.parse("event-publish:weather.rain");
    private final Permission hear = Permission.parse("event-subscribe:a");

    private void give(Permission permission, Term term) {
        grants.requests(id, List.of(permission));
        grants.give(plugin, PermissionRule.grants(permission), "test", "", term);
    }

    @ParameterizedTest
    @CsvSource({
        "once, once",
        "running, until the plugin stops",
        "good, for good",
        "90m, until 2026-12-01T11:30:00Z",
        "8h, until 2026-12-01T18:00:00Z",
        "7d, until 2026-12-08T10:00:00Z",
        "2026-12-01, until 2026-12-02T00:00:00Z",
        "2027-01-31T12:00:00Z, until 2027-01-31T12:00:00Z"
    })
    void isReadAsAnOperatorWritesIt(String written, String holds) {
        assertEquals(holds, Term.parse(written, clock).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ever",
                "8",
                "0h",
                "-1h",
                "8H",
                "2026-11-30",
                "2026-13-01",
                "2026-12-01T09:59:59Z",
                "999999999999d",
                "12:00"
            })
    void whatSaysNoTimeToComeIsRefused(String written) {
        assertEquals(
                "DP-0505",
                assertThrows(PluginException.class, () -> Term.parse(written, clock))
                        .code());
    }

    @Test
    void aGrantForOnceIsSpentByTheActAndNotByTheQuestion() {
        give(tell, Term.ONCE);
        assertTrue(gate.may(plugin, tell));
        assertTrue(gate.may(plugin, tell));
        gate.require(plugin, tell);
        assertFalse(gate.may(plugin, tell));
        assertThrows(PermissionDeniedException.class, () -> gate.require(plugin, tell));
        assertEquals(List.of(), grants.grants(plugin));
    }

    @Test
    void aGrantForOnceStaysWhereAnotherThatLastsCoversTheSame() {
        give(tell, Term.ONCE);
        grants.grant(id, "event-publish:weather.*", "test", "");
        gate.require(plugin, tell);
        assertEquals(2, grants.grants(plugin).size());
    }

    @Test
    void whatSomethingStandsOnCantBeGivenOnceNorAUserWhileItRuns() {
        assertEquals(
                "DP-0506",
                assertThrows(PluginException.class, () -> give(hear, Term.ONCE)).code());
        PermissionRule denial = PermissionRule.denies(tell);
        assertThrows(PluginException.class, () -> grants.give(plugin, denial, "test", "", Term.ONCE));
        PermissionRule rule = PermissionRule.grants(tell);
        assertThrows(
                PluginException.class, () -> grants.give(Caller.user("ann"), rule, "test", "", Term.WHILE_RUNNING));
        assertEquals(List.of(), grants.all());
    }

    @Test
    void whatHoldsWhileItRunsEndsWithThat() {
        give(hear, Term.WHILE_RUNNING);
        grants.grant(id, "event-subscribe:b", "test", "");
        assertTrue(gate.may(plugin, hear));
        grants.stopped(id);
        assertFalse(gate.may(plugin, hear));
        assertEquals(1, grants.grants(plugin).size());
    }

    @Test
    void aGrantEndsAtItsTimeAndListenersAreToldThen() {
        List<Caller> told = new ArrayList<>();
        give(hear, Term.parse("8h", clock));
        grants.listen(told::add);
        now = now.plus(Duration.ofHours(8)).minusMillis(1);
        grants.expire();
        assertTrue(gate.may(plugin, hear));
        assertEquals(List.of(), told);
        now = now.plusMillis(1);
        assertFalse(gate.may(plugin, hear), "before anybody was told");
        assertEquals(List.of(), grants.grants(plugin));
        long before = grants.epoch();
        grants.expire();
        grants.expire();
        assertEquals(List.of(plugin), told);
        assertEquals(before + 1, grants.epoch());
    }

    @Test
    void aDenialEndsToo() {
        give(hear, Term.FOR_GOOD);
        grants.give(plugin, PermissionRule.parse("!event-subscribe"), "test", "", Term.parse("1h", clock));
        assertFalse(gate.may(plugin, hear));
        now = now.plus(Duration.ofHours(1));
        assertTrue(gate.may(plugin, hear));
    }

    @Test
    void anotherTermOfTheSameGrantIsAChange() {
        List<Caller> told = new ArrayList<>();
        give(hear, Term.FOR_GOOD);
        grants.listen(told::add);
        grants.give(plugin, PermissionRule.grants(hear), "test", "", Term.WHILE_RUNNING);
        assertEquals(List.of(plugin), told);
        grants.stopped(id);
        assertFalse(gate.may(plugin, hear));
    }
}
