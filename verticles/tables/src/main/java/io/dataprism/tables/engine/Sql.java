package io.dataprism.tables.engine;

import java.util.List;
import java.util.stream.Collectors;

/** Writes identifiers and literals so that nothing in them can end them early. DuckDB's quoted forms know no backslash escapes. */
final class Sql {
    private Sql() {}

    static String name(String identifier) {
        return '"' + withoutNul(identifier).replace("\"", "\"\"") + '"';
    }

    static String names(List<String> identifiers) {
        return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    static String text(String value) {
        return '\'' + withoutNul(value).replace("'", "''") + '\'';
    }

    static String texts(List<String> values) {
        return values.stream().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
    }

    /** DuckDB's parser ends at a NUL. */
    private static String withoutNul(String value) {
        if (value.indexOf('\0') >= 0) {
            throw TableProblem.BAD_SQL.failure("Tables: a name or text holds a NUL character. Remove it.");
        }
        return value;
    }
}
