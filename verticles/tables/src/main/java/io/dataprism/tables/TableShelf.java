package io.dataprism.tables;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableSchema;
import io.dataprism.tables.engine.StoredTable;
import io.dataprism.tables.engine.TableProblem;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which handle stands for which table, whose it is and how long it is kept. Lives in the plugin's slices. */
final class TableShelf {
    private static final int ID_BYTES = 18;

    private final String node;
    private final Duration lease;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    TableShelf(String node, Duration lease, Clock clock) {
        this.node = node;
        this.lease = lease;
        this.clock = clock;
    }

    /** A table, its owner's label, until when it is kept, what is told about its making. */
    private record Entry(StoredTable table, String owner, Instant until, JsonObject report) {
        Entry until(Instant later) {
            return new Entry(table, owner, later, report);
        }
    }

    TableHandle put(StoredTable table, String owner, JsonObject report) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant until = clock.instant().plus(lease);
        entries.put(id, new Entry(table, owner, until, report));
        return new TableHandle(node, owner, id, until);
    }

    /** The table that {@code handle} stands for: whoever holds the id was handed it. Renews the lease. */
    StoredTable get(TableHandle handle) {
        return entry(handle).table();
    }

    TableSchema schema(TableHandle handle) {
        Entry entry = entry(handle);
        TableSchema schema = entry.table().schema();
        return new TableSchema(schema.columns(), schema.rows(), entry.report());
    }

    private Entry entry(TableHandle handle) {
        if (!handle.node().equals(node)) {
            throw TableProblem.NO_SUCH_TABLE.failure("Tables: the table lives on node '" + handle.node()
                    + "', this is node '" + node + "'. Call the plugin of that node.");
        }
        Entry entry = entries.get(handle.id());
        if (entry == null) {
            throw TableProblem.NO_SUCH_TABLE.failure("Tables: there is no such table (any more): it was released, its"
                    + " owner '" + handle.owner() + "' ended, or it was not used for " + lease.toMinutes()
                    + " minutes. Make it again.");
        }
        Entry renewed = entry.until(clock.instant().plus(lease));
        entries.put(handle.id(), renewed);
        return renewed;
    }

    /** Make {@code owner} the owner of a table of {@code caller}. */
    TableHandle give(Caller caller, TableHandle handle, String owner) {
        Entry entry = entry(handle);
        requireOwner(caller, entry, "give it to another");
        entries.put(handle.id(), new Entry(entry.table(), owner, entry.until(), entry.report()));
        return new TableHandle(node, owner, handle.id(), entry.until());
    }

    /** Take a table of {@code caller} off; empty where it is gone already. */
    List<StoredTable> remove(Caller caller, TableHandle handle) {
        Entry entry = handle.node().equals(node) ? entries.get(handle.id()) : null;
        if (entry == null) {
            return List.of();
        }
        requireOwner(caller, entry, "release it");
        entries.remove(handle.id());
        return List.of(entry.table());
    }

    /** Who holds a handle may use the table; what becomes of it, the owner decides. */
    private static void requireOwner(Caller caller, Entry entry, String what) {
        boolean trusted = caller.kind() == Caller.Kind.OPERATOR || caller.kind() == Caller.Kind.HOST;
        if (!trusted && !caller.label().equals(entry.owner())) {
            throw new CallException(
                    FailureKind.DENIED,
                    "Tables: the table belongs to '" + entry.owner() + "', so '" + caller.label() + "' may not " + what
                            + ". Ask its owner, or leave it to its lease.");
        }
    }

    List<StoredTable> removeOwnedBy(String owner) {
        return removeIf(entry -> entry.owner().equals(owner));
    }

    List<StoredTable> removeExpired() {
        Instant now = clock.instant();
        return removeIf(entry -> entry.until().isBefore(now));
    }

    private List<StoredTable> removeIf(Predicate<Entry> condition) {
        List<StoredTable> removed = new ArrayList<>();
        entries.values().removeIf(entry -> {
            boolean ends = condition.test(entry);
            if (ends) {
                removed.add(entry.table());
            }
            return ends;
        });
        return removed;
    }

    int size() {
        return entries.size();
    }
}
