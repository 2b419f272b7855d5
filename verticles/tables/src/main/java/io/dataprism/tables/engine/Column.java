package io.dataprism.tables.engine;

import io.dataprism.api.ColumnType;
import io.dataprism.api.TableSchema;

/**
 * A column as DuckDB sees it.
 *
 * @param sqlType its type in DuckDB's words, for example {@code DECIMAL(10,2)}
 */
public record Column(String name, String sqlType) {

    /** How its values are handed to readers. */
    public ColumnType type() {
        String base = sqlType.contains("(") ? sqlType.substring(0, sqlType.indexOf('(')) : sqlType;
        if (sqlType.endsWith("]")) {
            return ColumnType.JSON;
        }
        return switch (base) {
            case "BOOLEAN" -> ColumnType.BOOLEAN;
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> ColumnType.LONG;
            case "FLOAT", "DOUBLE" -> ColumnType.DOUBLE;
            case "DECIMAL", "HUGEINT", "UHUGEINT", "UBIGINT" -> ColumnType.DECIMAL;
            case "DATE" -> ColumnType.DATE;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE" ->
                ColumnType.TIMESTAMP;
            case "TIME" -> ColumnType.TIME;
            case "STRUCT", "MAP", "UNION", "JSON" -> ColumnType.JSON;
            case "BLOB" -> ColumnType.BYTES;
            default -> ColumnType.TEXT;
        };
    }

    boolean isNumeric() {
        return switch (type()) {
            case LONG, DOUBLE, DECIMAL -> true;
            default -> false;
        };
    }

    boolean isTime() {
        return type() == ColumnType.DATE || type() == ColumnType.TIMESTAMP;
    }

    String quoted() {
        return Sql.name(name);
    }

    TableSchema.Column schema() {
        return new TableSchema.Column(name, type());
    }
}
