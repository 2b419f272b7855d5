package io.dataprism.tables.engine;

import io.dataprism.api.TableSchema;
import java.util.List;

/**
 * A table that the engine holds. Immutable: what changes rows makes another table.
 *
 * @param id its name in the store
 * @param columns in their order
 * @param rows how many
 */
public record StoredTable(String id, List<Column> columns, long rows) {
    public StoredTable {
        columns = List.copyOf(columns);
    }

    public TableSchema schema() {
        return new TableSchema(columns.stream().map(Column::schema).toList(), rows);
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    String qualified() {
        return Database.STORE + "." + Sql.name(id);
    }

    /**
     * The column called {@code name}, in any case of letters.
     *
     * @param where what to start the message with when there is none, for example {@code rule 3}
     */
    Column column(String where, String name) {
        return column(columns, where, name);
    }

    static Column column(List<Column> columns, String where, String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() ->
                        TableProblem.NO_SUCH_COLUMN.failure("Tables: " + where + ": no column '" + name + "'."
                                + NearestNames.hint(
                                        name, columns.stream().map(Column::name).toList())));
    }
}
