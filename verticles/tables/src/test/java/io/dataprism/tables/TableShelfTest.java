package io.dataprism.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginId;
import io.dataprism.api.TableHandle;
import io.dataprism.tables.engine.StoredTable;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableShelfTest {
    /** A clock that is set by hand. */
    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

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
            return now;
        }
    }

    private final HandClock clock = new HandClock();
    private final TableShelf shelf = new TableShelf("node-1", Duration.ofMinutes(30), clock);

    private static StoredTable table(String id) {
        return new StoredTable(id, List.of(), 0);
    }

    @Test
    void aTableIsKeptForItsLeaseAfterItsLastUse() {
        TableHandle handle = shelf.put(table("t1"), "charts", new JsonObject());
        clock.now = clock.now.plus(Duration.ofMinutes(29));
        shelf.get(handle);
        clock.now = clock.now.plus(Duration.ofMinutes(29));
        assertTrue(shelf.removeExpired().isEmpty());
        clock.now = clock.now.plus(Duration.ofMinutes(2));
        assertEquals(List.of(table("t1")), shelf.removeExpired());
        assertEquals(
                "DP-0710",
                assertThrows(CallException.class, () -> shelf.get(handle)).code());
    }

    @Test
    void onlyTheTablesOfAnOwnerEndWithIt() {
        shelf.put(table("t1"), "charts", new JsonObject());
        TableHandle other = shelf.put(table("t2"), "files", new JsonObject());
        assertEquals(List.of(table("t1")), shelf.removeOwnedBy("charts"));
        assertEquals(table("t2"), shelf.get(other));
        assertEquals(1, shelf.size());
    }

    @Test
    void onlyItsOwnerOperatorOrHostEndsATable() {
        TableHandle handle = shelf.put(table("t1"), "files", new JsonObject());
        CallException refused = assertThrows(CallException.class, () -> shelf.remove(plugin("charts"), handle));
        assertEquals(FailureKind.DENIED, refused.kind());
        assertEquals(
                "Tables: the table belongs to 'files', so 'charts' may not release it. Ask its owner, or leave it to its lease.",
                refused.getMessage());
        assertThrows(CallException.class, () -> shelf.remove(Caller.user("files"), handle));
        assertEquals(table("t1"), shelf.get(handle));
        assertEquals(List.of(table("t1")), shelf.remove(plugin("files"), handle));
        assertEquals(List.of(), shelf.remove(plugin("charts"), handle), "what is gone is no secret");
        for (Caller trusted : List.of(Caller.OPERATOR, Caller.HOST)) {
            TableHandle other = shelf.put(table("t2"), "files", new JsonObject());
            assertEquals(List.of(table("t2")), shelf.remove(trusted, other));
        }
    }

    @Test
    void aTableThatWasGivenAwayEndsWithItsNewOwner() {
        TableHandle handle = shelf.put(table("t1"), "files", new JsonObject());
        assertThrows(CallException.class, () -> shelf.give(plugin("charts"), handle, "charts"));
        TableHandle given = shelf.give(plugin("files"), handle, "charts");
        assertEquals("charts", given.owner());
        assertEquals(handle.id(), given.id());
        assertThrows(CallException.class, () -> shelf.remove(plugin("files"), handle));
        assertEquals(List.of(), shelf.removeOwnedBy("files"));
        assertEquals(List.of(table("t1")), shelf.removeOwnedBy("charts"));
    }

    private static Caller plugin(String id) {
        return Caller.plugin(new PluginId(id));
    }

    @Test
    void aHandleOfAnotherNodeOrAMadeUpOneIsNoTable() {
        TableHandle handle = shelf.put(table("t1"), "charts", new JsonObject());
        TableHandle elsewhere = new TableHandle("node-2", handle.owner(), handle.id(), handle.lease());
        CallException wrongNode = assertThrows(CallException.class, () -> shelf.get(elsewhere));
        assertTrue(wrongNode.getMessage().contains("node-2"));
        TableHandle madeUp = new TableHandle("node-1", "charts", "t1", handle.lease());
        assertThrows(CallException.class, () -> shelf.get(madeUp));
    }
}
