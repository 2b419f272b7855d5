package io.dataprism.tables;

import io.dataprism.api.Dataset;
import io.dataprism.api.InlineRows;
import io.dataprism.api.TableHandle;
import io.dataprism.tables.engine.StoredTable;
import io.dataprism.tables.engine.TableEngine;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a call works on: tables from the shelf, and inline rows, which become tables for as long as the call lasts. Made in a
 * slice; {@link #within} runs where it may block.
 */
final class Inputs {
    private final Map<String, StoredTable> shelved = new LinkedHashMap<>();
    private final Map<String, InlineRows> inline = new LinkedHashMap<>();

    /** Work on tables by name. */
    @FunctionalInterface
    interface Work<T> {
        T on(Map<String, StoredTable> tables) throws Exception;
    }

    Inputs add(String name, Dataset data, TableShelf shelf) {
        if (data instanceof TableHandle handle) {
            shelved.put(name, shelf.get(handle));
        } else if (data instanceof InlineRows rows) {
            inline.put(name, rows);
        }
        return this;
    }

    <T> T within(TableEngine engine, Work<T> work) throws Exception {
        Map<String, StoredTable> tables = new LinkedHashMap<>(shelved);
        Map<String, StoredTable> passing = new LinkedHashMap<>();
        try {
            inline.forEach(
                    (name, rows) -> passing.put(name, engine.rows(rows.rows()).table()));
            tables.putAll(passing);
            return work.on(tables);
        } finally {
            passing.values().forEach(engine::drop);
        }
    }
}
