package io.dataprism.kernel.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gate answered is remembered, and never for longer than it is true. */
class RememberedAnswersTest {
    private final PluginId id = new PluginId("weather");
    private final Caller caller = Caller.plugin(id);

    private static Permission permission(String text) {
        return Permission.parse(text);
    }

    private static Answers answers(GrantStore grants, Caller of) {
        return Objects.requireNonNull(grants.remembered(of)).answers();
    }

    /**
     * A turn is odd while the grant is there or on its way, and even once it is known to be taken back: who asks in an even turn, and sees the same turn
     * after the answer, must have been refused.
     */
    @ParameterizedTest
    @ValueSource(strings = {"threads", "network-access:https://api.example.com:443", "event-publish:weather.now"})
    void noCheckThatBeginsAfterARevokeIsAllowed(String text) throws Exception {
        GrantStore grants = new GrantStore();
        PermissionGate gate = new PermissionGate(grants);
        Permission wanted = permission(text);
        grants.requests(id, List.of(permission(wanted.name().label())));
        AtomicInteger turn = new AtomicInteger();
        AtomicLong allowed = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Long>> asking = IntStream.range(0, 3)
                    .mapToObj(i -> threads.submit(() -> wronglyAllowed(gate, wanted, turn, allowed)))
                    .toList();
            for (int i = 0; i < 5_000; i++) {
                turn.incrementAndGet();
                grants.grant(caller, wanted, "test", "");
                long before = allowed.get();
                while (i % 100 == 0 && allowed.get() == before) {
                    Thread.onSpinWait();
                }
                grants.revoke(caller, wanted);
                turn.incrementAndGet();
            }
            turn.set(-1);
            for (Future<Long> one : asking) {
                assertEquals(0, one.get(1, TimeUnit.MINUTES));
            }
        } finally {
            turn.set(-1);
            threads.shutdown();
        }
    }

    private long wronglyAllowed(PermissionGate gate, Permission wanted, AtomicInteger turn, AtomicLong allowed) {
        long wrong = 0;
        for (int before = turn.get(); before >= 0; before = turn.get()) {
            boolean may = gate.may(caller, wanted);
            if (may) {
                allowed.incrementAndGet();
            }
            if (may && before % 2 == 0 && turn.get() == before) {
                wrong++;
            }
        }
        return wrong;
    }

    @Test
    void whoAsksForEverOtherScopesForgetsItsOwnAnswersAlone() {
        GrantStore grants = new GrantStore();
        PermissionGate gate = new PermissionGate(grants);
        Caller neighbour = Caller.plugin(new PluginId("neighbour"));
        Permission kept = permission("event-publish:neighbour.news");
        for (Caller one : List.of(caller, neighbour)) {
            grants.requests(new PluginId(one.name()), List.of(permission("event-publish")));
            grants.grant(one, permission("event-publish:**"), "test", "");
        }
        assertTrue(gate.may(neighbour, kept));
        for (int i = 0; i < 100_000; i++) {
            assertTrue(gate.may(caller, permission("event-publish:flood.n" + i)));
        }
        assertEquals(Answers.MOST, answers(grants, caller).room());
        assertTrue(answers(grants, neighbour).of(kept).isPresent(), "its answer is remembered still");
    }

    @Test
    void whoWasNeverGrantedAnythingTakesNoRoom() {
        GrantStore grants = new GrantStore();
        PermissionGate gate = new PermissionGate(grants);
        for (int i = 0; i < 1_000; i++) {
            Caller stranger = Caller.user("stranger-" + i);
            assertFalse(gate.may(stranger, permission("threads")));
            assertEquals(null, grants.remembered(stranger));
        }
    }

    @Test
    void whatEndsByItselfIsAskedForEachTimeAndTheRestIsRemembered() {
        AtomicLong seconds = new AtomicLong(1_000);
        GrantStore grants = new GrantStore(clock(seconds));
        PermissionGate gate = new PermissionGate(grants);
        Permission dated = permission("threads");
        Permission lasting = permission("environment:HOME");
        grants.requests(id, List.of(dated, lasting));
        Term hour = Term.until(grants.clock().instant().plus(Duration.ofHours(1)));
        grants.give(caller, PermissionRule.grants(dated), "test", "", hour);
        grants.grant(caller, lasting, "test", "");
        assertTrue(gate.may(caller, dated));
        assertTrue(gate.use(caller, dated));
        assertTrue(gate.may(caller, lasting));
        assertTrue(answers(grants, caller).of(lasting).isPresent());
        seconds.addAndGet(3_600);
        assertFalse(gate.may(caller, dated));
        assertFalse(gate.use(caller, dated));
        assertTrue(gate.may(caller, lasting));
    }

    @Test
    void aDenialThatEndsByItselfIsNotRememberedBeyondItsEnd() {
        AtomicLong seconds = new AtomicLong(1_000);
        GrantStore grants = new GrantStore(clock(seconds));
        PermissionGate gate = new PermissionGate(grants);
        Permission wanted = permission("threads");
        grants.requests(id, List.of(wanted));
        grants.grant(caller, wanted, "test", "");
        assertTrue(gate.may(caller, wanted));
        Term hour = Term.until(grants.clock().instant().plus(Duration.ofHours(1)));
        grants.give(caller, PermissionRule.denies(wanted), "test", "", hour);
        assertFalse(gate.may(caller, wanted));
        seconds.addAndGet(3_600);
        assertTrue(gate.may(caller, wanted));
    }

    @Test
    void aGrantForOnceIsSpentThoughItWasAskedForBefore() {
        GrantStore grants = new GrantStore();
        PermissionGate gate = new PermissionGate(grants);
        Permission wanted = permission("event-publish:weather.now");
        grants.requests(id, List.of(wanted));
        assertFalse(gate.use(caller, wanted));
        grants.give(caller, PermissionRule.grants(wanted), "test", "", Term.ONCE);
        assertTrue(gate.may(caller, wanted));
        assertTrue(gate.use(caller, wanted));
        assertFalse(gate.use(caller, wanted));
        assertFalse(gate.may(caller, wanted));
    }

    @Test
    void whatTheManifestAsksForNoMoreIsRefused() {
        GrantStore grants = new GrantStore();
        PermissionGate gate = new PermissionGate(grants);
        Permission wanted = permission("environment:HOME");
        grants.grant(caller, wanted, "test", "");
        grants.requests(id, List.of(wanted));
        assertTrue(gate.may(caller, wanted));
        grants.requests(id, List.of());
        assertFalse(gate.may(caller, wanted));
        grants.requests(id, List.of(wanted));
        assertTrue(gate.may(caller, wanted));
        grants.forget(id);
        assertFalse(gate.may(caller, wanted));
    }

    @Test
    void theNodesOwnFolderIsClosedAlsoToWhoWasAllowedBefore(@TempDir Path folder) throws Exception {
        GrantStore grants = new GrantStore();
        PermissionGate gate = new PermissionGate(grants);
        Path data = Files.createDirectories(folder.resolve("data/work")).getParent();
        Permission wanted = permission("file-access:read:" + folder.toRealPath() + "/data/operator.token");
        grants.requests(id, List.of(permission("file-access")));
        grants.grant(caller, permission("file-access"), "test", "");
        assertTrue(gate.may(caller, wanted));
        gate.keep(Objects.requireNonNull(data), data.resolve("work"));
        assertFalse(gate.may(caller, wanted));
    }

    private static Clock clock(AtomicLong seconds) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochSecond(seconds.get());
            }
        };
    }
}
