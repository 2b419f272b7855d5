package io.dataprism.charts.auto;

/** Pieces of SQL. */
public final class Sql {
    private Sql() {}

    /** A column's name in a query. */
    public static String name(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }

    /** A column's name in a Vega expression. */
    static String datum(String column) {
        return "datum['" + column.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }

    /** A column's name where Vega-Lite takes a field, in which dots, brackets and quotes have a meaning. */
    static String field(String column) {
        return column.replaceAll("([\\\\.\\[\\]'\"])", "\\\\$1");
    }
}
