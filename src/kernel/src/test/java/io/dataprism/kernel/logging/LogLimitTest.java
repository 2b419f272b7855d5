package io.dataprism.kernel.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LogLimitTest {
    private static final String LAST = " … more like this are only counted for now";

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    private final LogLimit limit = new LogLimit(3, Duration.ofSeconds(60), now::get);
    private final List<String> log = new ArrayList<>();

    private boolean say(String subject) {
        return limit.say(subject, end -> log.add(subject + end));
    }

    private void say(String subject, int times) {
        for (int i = 0; i < times; i++) {
            say(subject);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void theFirstLinesAreWrittenAndTheLastOfThemSaysThatNoMoreAre() {
        assertTrue(say("a"));
        say("a", 2);
        assertFalse(say("a"));
        say("a", 1_000);
        assertEquals(List.of("a", "a", "a" + LAST), log);
    }

    @Test
    void theNextLineSaysHowManyWereLeftOut() {
        say("a", 3 + 1_204);
        pass(Duration.ofSeconds(60));
        log.clear();
        say("a", 2);
        assertEquals(List.of("a … 1,204 more like this in 60 s", "a"), log);
    }

    @Test
    void whoGoesOnHasSoManyLinesAPeriod() {
        for (int second = 0; second < 600; second++) {
            say("a", 10);
            pass(Duration.ofSeconds(1));
        }
        assertEquals(10 * 3, log.size());
        assertEquals("a … 597 more like this in 60 s", log.get(3));
    }

    @Test
    void oneSubjectLeavesTheOthersTheirLines() {
        say("a", 100);
        log.clear();
        say("b", 1);
        assertEquals(List.of("b"), log);
    }

    @Test
    void whoMakesUpSubjectsSharesALine() {
        for (int i = 0; i < 100_000; i++) {
            say("subject " + i);
        }
        assertEquals(LogLimit.MOST_SUBJECTS + 3, log.size());
    }

    @Test
    void whatIsForgottenIsStillCounted() {
        say("a", 3 + 5);
        for (int i = 1; i < LogLimit.MOST_SUBJECTS; i++) {
            say("subject " + i);
        }
        say("late", 3 + 7);
        pass(Duration.ofSeconds(60));
        log.clear();
        say("new");
        assertEquals(List.of("new"), log, "there is room for its own line again");
        for (int i = 1; i <= LogLimit.MOST_SUBJECTS; i++) {
            say("again " + i);
        }
        assertEquals("again 1000 … 12 more like this in 60 s", log.get(log.size() - 1));
    }

    @Test
    void longSubjectsAreCut() {
        say("x".repeat(1_000) + "a", 3);
        assertFalse(say("x".repeat(1_000) + "b"));
    }
}
