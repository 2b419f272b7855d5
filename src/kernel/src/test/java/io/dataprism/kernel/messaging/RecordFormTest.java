package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.api.View;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a record weighs, and how large it may be. */
class RecordFormTest {
    record Leaf(ZonedDateTime at, DayOfWeek day, String text, BigDecimal number, char mark) {}

    record Tree(
            @Nullable Tree left,
            @Nullable Tree right,
            @Nullable Leaf leaf) {}

    private static final RecordForm TREE = RecordComponents.form(new PluginId("trees"), Tree.class, null);

    private static Leaf leaf(int length) {
        return new Leaf(
                ZonedDateTime.of(2026, 12, 31, 23, 59, 59, 999_999_999, ZoneId.of("America/Argentina/ComodRivadavia")),
                DayOfWeek.WEDNESDAY,
                "x".repeat(length),
                BigDecimal.TEN.pow(length),
                'x');
    }

    @Test
    void aRecordCountsAtLeastLikeItsJson() {
        for (int length = 0; length < 500; length += 50) {
            Tree tree = new Tree(new Tree(null, null, leaf(length)), new Tree(null, null, null), leaf(length));
            SharedRecord shared = TREE.take(tree);
            long json = Weights.of(shared.json());
            assertTrue(Weights.of(shared) >= json, shared.weight() + " < " + json);
            assertTrue(Weights.of(shared) <= 2 * json, shared.weight() + " > 2 * " + json);
            assertSame(shared.json(), shared.json());
        }
    }

    @Test
    void aRecordThatIsNestedTooDeepIsRefused() {
        Tree tree = new Tree(null, null, null);
        for (int depth = 0; depth < 200; depth++) {
            tree = new Tree(tree, null, null);
        }
        Tree deep = tree;
        assertEquals(
                "DP-0417",
                assertThrows(PluginException.class, () -> TREE.take(deep)).code());
    }

    @Test
    void aRecordThatHoldsTheSameAgainAndAgainIsRefusedWhereItIsSent() {
        Tree tree = new Tree(null, null, null);
        for (int depth = 0; depth < 60; depth++) {
            tree = new Tree(tree, tree, null);
        }
        Tree wide = tree;
        assertEquals(
                "DP-0413",
                assertThrows(PluginException.class, () -> TREE.take(wide)).code());
    }

    record Place(String node, String id) {}

    record Forged(Place $table) {}

    @Test
    void noComponentIsTakenForAHandle() {
        PluginException refused = assertThrows(
                PluginException.class, () -> RecordComponents.form(new PluginId("trees"), Forged.class, null));
        assertEquals("DP-0416", refused.code());
        assertTrue(refused.getMessage().contains("'$table' would be taken for a handle"), refused.getMessage());
    }

    @Test
    void handlesThatACodecWritesAreSeen() {
        View view = new View("n1", "charts", "id-of-the-view", Instant.EPOCH);
        RecordForm form = RecordComponents.form(
                new PluginId("trees"), Place.class, record -> new JsonObject().put("shown", view.toJson()));
        SharedRecord shared = form.take(new Place("n1", "x"));
        Handles handles = new Handles("n1");
        handles.pass(shared, Caller.plugin(new PluginId("a")), Caller.plugin(new PluginId("b")));
        assertEquals(1, handles.size());
        assertThrows(PluginException.class, () -> handles.require(shared, Caller.plugin(new PluginId("c"))));
    }
}
