package io.dataprism.kernel.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.store.Batch;
import io.dataprism.kernel.store.Store;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which grants are there again, with a thread that writes when the test says so. */
class StoredGrantsTest {
    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00.123456789Z");
    private static final Caller WEATHER = Caller.plugin(new PluginId("weather"));
    private static final Caller ANN = Caller.user("ann: \"x\"/\u00e9");

    @TempDir
    Path folder;

    private final Queue<Runnable> work = new ArrayDeque<>();
    private final Executor thread = work::add;
    private Store store;
    private GrantStore grants;

    private void open(Instant now) {
        store = Store.open(folder.resolve("store"));
        grants = GrantStore.keptIn(store, thread, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void writeAll() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    @AfterEach
    void close() {
        grants.close();
        store.close();
    }

    private void again(Instant now) {
        close();
        open(now);
    }

    private static PermissionRule rule(String text) {
        return PermissionRule.parse(text);
    }

    @Test
    void whatIsForGoodOrUntilATimeIsThereAgainAsItWas() {
        open(NOW);
        grants.give(WEATHER, rule("event-publish:weather.**"), "operator", "for \"the\" trial\n");
        grants.give(WEATHER, rule("!event-publish:weather.secret"), "consent", "");
        grants.give(WEATHER, rule("threads"), "operator", "", Term.until(NOW.plus(Duration.ofHours(8))));
        grants.give(ANN, rule("event-subscribe:weather.*"), "operator", "");
        List<Grant> before = grants.all();
        again(NOW.plus(Duration.ofHours(1)));
        assertEquals(before, grants.all());
        assertTrue(grants.check(WEATHER, Permission.parse("event-publish:weather.rain")));
        assertFalse(grants.check(WEATHER, Permission.parse("event-publish:weather.secret")));
        again(NOW.plus(Duration.ofHours(9)));
        assertFalse(grants.check(WEATHER, Permission.parse("threads")));
        assertEquals(3, grants.all().size());
    }

    @Test
    void whatIsForOnceWhileItRunsOrSaidAnewIsNot() {
        open(NOW);
        grants.give(WEATHER, rule("event-publish:a"), "operator", "", Term.ONCE);
        grants.give(WEATHER, rule("event-publish:b"), "operator", "", Term.WHILE_RUNNING);
        grants.giveAnew(WEATHER, rule("event-publish:c"), "conf", "");
        grants.lend(WEATHER, rule("event-publish:d"), "kernel", "");
        assertEquals(4, grants.all().size());
        again(NOW);
        assertEquals(List.of(), grants.all());
        assertFalse(Files.exists(folder.resolve("store")), "nothing is made where there is nothing to store");
    }

    @Test
    void whatIsTakenBackIsNotThereAgain() {
        open(NOW);
        grants.give(WEATHER, rule("threads"), "operator", "");
        grants.give(WEATHER, rule("!reflection"), "operator", "");
        again(NOW);
        assertTrue(grants.take(WEATHER, rule("threads")));
        again(NOW);
        assertEquals(
                List.of("!reflection"),
                grants.all().stream().map(grant -> grant.rule().toString()).toList());
        grants.take(WEATHER, rule("!reflection"));
        again(NOW);
        assertEquals(List.of(), grants.all());
    }

    @Test
    void whatConfSaysTooStaysTheOperatorsWhenConfSaysItNoMore() {
        open(NOW);
        grants.give(WEATHER, rule("!threads"), "operator", "");
        grants.giveAnew(WEATHER, rule("!threads"), "conf", "");
        assertEquals("operator", grants.grants(WEATHER).get(0).by());
        assertFalse(grants.take(WEATHER, rule("!threads"), "conf"));
        again(NOW);
        assertEquals("operator", grants.grants(WEATHER).get(0).by());
    }

    @Test
    void whatConfSaidFirstIsTheOperatorsOnceItIsGivenForGood() {
        open(NOW);
        grants.giveAnew(WEATHER, rule("threads"), "conf", "");
        assertFalse(grants.give(WEATHER, rule("threads"), "operator", ""), "it was given before");
        again(NOW);
        assertEquals("operator", grants.grants(WEATHER).get(0).by());
    }

    @Test
    void storedIsDoneWhenItIsOnTheDisk() {
        open(NOW);
        assertTrue(grants.stored().succeeded(), "nothing is to be stored");
        grants.give(WEATHER, rule("threads"), "operator", "");
        Future<Void> first = grants.stored();
        assertFalse(first.isComplete());
        assertTrue(store.scan("grants", "").isEmpty());
        writeAll();
        assertTrue(first.succeeded());
        assertEquals(
                List.of("plugin:weather"), List.copyOf(store.scan("grants", "").keySet()));
        assertTrue(grants.stored().succeeded());
    }

    @Test
    void whatCanNotBeStoredIsToldHoldsAndIsStoredLater() throws Exception {
        Files.writeString(folder.resolve("store"), "a file where the folder should be");
        open(NOW);
        grants.give(WEATHER, rule("!threads"), "operator", "");
        Future<Void> told = grants.stored();
        writeAll();
        PluginException failure = (PluginException) told.cause();
        assertEquals("DP-0507", failure.code());
        assertTrue(failure.getMessage()
                .startsWith("What was changed of the grants of weather holds now, but could not be stored: "));
        assertTrue(grants.denialOf(WEATHER, Permission.parse("threads")).isPresent());
        grants.storeAgain();
        writeAll();
        Files.delete(folder.resolve("store"));
        grants.storeAgain();
        writeAll();
        assertTrue(grants.stored().succeeded());
        again(NOW);
        assertTrue(grants.denialOf(WEATHER, Permission.parse("threads")).isPresent());
    }

    @Test
    void whatCanNotBeReadIsNotPassedOver() {
        open(NOW);
        grants.give(WEATHER, rule("threads"), "operator", "");
        grants.close();
        byte[] unknown =
                "{\"version\":1,\"grants\":[{\"rule\":\"!moon-access\",\"by\":\"operator\",\"reason\":\"\",\"since\":\"2026-12-01T10:00:00Z\"}]}"
                        .getBytes(StandardCharsets.UTF_8);
        for (byte[] bad : List.of(
                unknown, "{".getBytes(StandardCharsets.UTF_8), "{\"version\":2}".getBytes(StandardCharsets.UTF_8))) {
            store.write(new Batch().put("grants", "plugin:weather", bad));
            PluginException refused = assertThrows(PluginException.class, () -> GrantStore.keptIn(store, thread));
            assertEquals("DP-0508", refused.code());
            assertTrue(refused.getMessage().contains("plugin:weather"), refused.getMessage());
        }
    }
}
