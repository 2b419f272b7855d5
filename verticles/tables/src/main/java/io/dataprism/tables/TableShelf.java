package io.dataprism.tables;

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

    /** Take {@code handle}'s table off; empty where it is gone already. */
    List<StoredTable> remove(TableHandle handle) {
        Entry entry = handle.node().equals(node) ? entries.remove(handle.id()) : null;
        return entry == null ? List.of() : List.of(entry.table());
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
