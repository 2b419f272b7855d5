package io.dataprism.kernel.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every sequence of failures, on random ones, checked against counting them all. */
class FailureHistoryPropertyTest {
    private static final Duration NEVER_RAN = Duration.ZERO;

    static LongStream seeds() {
        return LongStream.range(0, 1_000);
    }

    private static FailureRecord failure(Duration ran) {
        return new FailureRecord(Instant.EPOCH, "DP-0814", "start", "no url", "", ran);
    }

    private static Supervision rules(RestartPolicy policy, int failures, Duration within, BackOff pause) {
        return new SupervisionTerms(
                        Optional.of(policy),
                        Optional.of(new Intensity(failures, within)),
                        Optional.of(pause),
                        Optional.empty(),
                        Optional.empty())
                .settled();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isGivenUpExactlyWhenAsManyFailedWithinTheTime(long seed) {
        Random random = new Random(seed);
        Duration within = Duration.ofSeconds(1 + random.nextInt(60));
        BackOff pause =
                new BackOff(Duration.ofMillis(1 + random.nextInt(500)), Duration.ofSeconds(1 + random.nextInt(60)));
        int most = 1 + random.nextInt(8);
        Supervision rules = rules(RestartPolicy.PERMANENT, most, within, pause);
        FailureHistory history = new FailureHistory();
        List<Long> all = new ArrayList<>();
        // A clock that is about to overflow counts as well as any.
        long now = random.nextBoolean() ? Long.MAX_VALUE - random.nextInt(1_000_000_000) : random.nextLong();
        for (int i = 0; i < 40; i++) {
            now += (long) (random.nextDouble() * within.toNanos());
            long at = now;
            all.add(at);
            long counted =
                    all.stream().filter(one -> at - one < within.toNanos()).count();
            Verdict verdict = history.failed(failure(NEVER_RAN), at, false, rules, random.nextDouble());
            if (counted >= most) {
                assertEquals(new Verdict.GivenUp((int) counted), verdict);
            } else {
                Verdict.Again again = assertInstanceOf(Verdict.Again.class, verdict);
                assertEquals(counted, again.failures());
                assertTrue(again.pause().compareTo(pause.least()) >= 0, again.toString());
                assertTrue(again.pause().compareTo(pause.most()) <= 0, again.toString());
            }
        }
        assertEquals(FailureHistory.SHOWN, history.shown().size());
    }

    @Test
    void theLastOfFiveWithinAMinuteIsOneTooMany() {
        Supervision usual = SupervisionTerms.NONE.settled();
        FailureHistory history = new FailureHistory();
        for (int i = 1; i <= 4; i++) {
            assertInstanceOf(Verdict.Again.class, history.failed(failure(NEVER_RAN), i, false, usual, 0.5));
        }
        assertEquals(new Verdict.GivenUp(5), history.failed(failure(NEVER_RAN), 5, false, usual, 0.5));
    }

    @Test
    void pausesDoubleAndBeginAnewOnceItRanWell() {
        BackOff pause = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(30));
        Supervision rules = rules(RestartPolicy.TRANSIENT, 1_000, Duration.ofSeconds(60), pause);
        FailureHistory history = new FailureHistory();
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            pauses.add(((Verdict.Again) history.failed(failure(NEVER_RAN), i, false, rules, 0)).pause());
        }
        assertEquals(
                List.of(200, 400, 800, 1_600, 3_200, 6_400, 12_800, 15_000, 15_000),
                pauses.stream().map(Duration::toMillis).map(Long::intValue).toList());
        assertEquals(Duration.ofSeconds(30), pause.after(1_000_000, 1));
        Verdict after = history.failed(failure(Duration.ofSeconds(61)), 10, false, rules, 0);
        assertEquals(Duration.ofMillis(200), ((Verdict.Again) after).pause());
    }

    /** Whatever a manifest says, in the long run it is not started more often than every five seconds. */
    @Test
    void noAuthorKeepsPausesShort() {
        SupervisionTerms hasty = new SupervisionTerms(
                Optional.of(RestartPolicy.PERMANENT),
                Optional.of(new Intensity(1_000, Duration.ofMillis(1))),
                Optional.of(new BackOff(Duration.ofMillis(1), Duration.ofMillis(1))),
                Optional.empty(),
                Optional.empty());
        FailureHistory history = new FailureHistory();
        long now = 0;
        for (int i = 0; i < 100; i++) {
            Duration ran = Duration.ofMillis(100);
            now += ran.toNanos();
            Verdict.Again again = (Verdict.Again)
                    history.failed(failure(ran), now, false, hasty.ofAuthor().settled(), 0);
            now += again.pause().toNanos();
        }
        assertTrue(now > Duration.ofMinutes(7).toNanos(), Duration.ofNanos(now)::toString);
    }

    @Test
    void thePolicySaysWhoIsStartedAgain() {
        BackOff pause = new BackOff(Duration.ofMillis(1), Duration.ofMillis(1));
        for (boolean asked : List.of(true, false)) {
            for (RestartPolicy policy : RestartPolicy.values()) {
                Verdict verdict = new FailureHistory()
                        .failed(failure(NEVER_RAN), 0, asked, rules(policy, 2, Duration.ofSeconds(1), pause), 0);
                boolean again = policy == RestartPolicy.PERMANENT || (policy == RestartPolicy.TRANSIENT && !asked);
                assertEquals(
                        again ? new Verdict.Again(pause.least(), 1) : new Verdict.Rest(),
                        verdict,
                        policy + " " + asked);
            }
        }
    }

    @Test
    void whatSomebodyAskedForIsCountedAnew() {
        Supervision usual = SupervisionTerms.NONE.settled();
        FailureHistory history = new FailureHistory();
        for (int i = 0; i < 4; i++) {
            history.failed(failure(NEVER_RAN), i, false, usual, 0);
        }
        history.startOver();
        assertEquals(
                new Verdict.Again(Duration.ofMillis(200), 1), history.failed(failure(NEVER_RAN), 5, false, usual, 0));
        assertEquals(5, history.shown().size());
    }

    @Test
    void textsAreReadAndWritten() {
        assertEquals("5 in 60s", Intensity.parse("5 in 60s").orElseThrow().text());
        assertEquals("3 in 2m", Intensity.parse("3 in 2 m").orElseThrow().text());
        assertEquals("200ms..30s", BackOff.parse("200ms..30s").orElseThrow().text());
        assertEquals("1s..1h", BackOff.parse("1000ms..60m").orElseThrow().text());
        for (String wrong : List.of("", "0 in 5s", "5 in 0s", "5", "five in 1s", "5 in 1d", "5 in 60s ")) {
            assertEquals(Optional.empty(), Intensity.parse(wrong), wrong);
        }
        for (String wrong : List.of("", "1s", "1s..", "0ms..1s", "2s..1s", "1s...2s", "1s..2s..3s")) {
            assertEquals(Optional.empty(), BackOff.parse(wrong), wrong);
        }
    }

    @Test
    void aQuarantineIsReadAsItWasStored() {
        Quarantine quarantine = new Quarantine(
                Instant.parse("2026-01-02T03:04:05.678Z"),
                "DP-0660",
                "start",
                "too often",
                List.of(
                        failure(Duration.ofMillis(1_234)),
                        new FailureRecord(Instant.EPOCH, "DP-0662", "run", "lost", "at x", NEVER_RAN)),
                new JsonArray()
                        .add(new JsonObject()
                                .put("at", "2026-01-02T03:04:00Z")
                                .put("cpuPercent", 12.5)
                                .put("memory", 1024)),
                List.of("ab", "cd"));
        assertEquals(quarantine, Quarantine.fromStored(quarantine.toStored()));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> Quarantine.fromStored(quarantine.toStored().put("format", 2)))
                .getMessage()
                .contains("2"));
    }

    @Test
    void aQuarantineOfAnEarlierKernelIsReadWithoutACurve() {
        Quarantine quarantine = new Quarantine(
                Instant.EPOCH, "DP-0660", "start", "too often", List.of(), new JsonArray(), List.of("ab"));
        JsonObject stored = quarantine.toStored();
        stored.remove("use");
        assertEquals(quarantine, Quarantine.fromStored(stored));
    }
}
