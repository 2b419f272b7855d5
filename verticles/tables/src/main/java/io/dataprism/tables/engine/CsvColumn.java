package io.dataprism.tables.engine;

import io.dataprism.api.ColumnType;
import java.util.List;
import java.util.Optional;

/**
 * A column of a CSV file. DuckDB's casts round {@code 2.5} to {@code 3} in a column of whole numbers and drop the time of day in one of
 * dates, so such columns are read as what holds more and checked value by value while they are converted.
 *
 * @param format how dates or times are written, in strptime's letters; none for ISO 8601
 * @param exact whether whole numbers are too large to pass through a double
 */
record CsvColumn(String name, ColumnType type, Optional<String> format, boolean exact) {
    private static final List<String> TYPES = List.of("boolean", "long", "double", "text", "date", "timestamp", "time");
    private static final long LARGEST_IN_DOUBLE = 1L << 53;

    CsvColumn(String name, ColumnType type) {
        this(name, type, Optional.empty(), false);
    }

    static CsvColumn read(Fields fields) {
        CsvColumn column = new CsvColumn(
                fields.needText("name"),
                ColumnType.of(fields.word("type", TYPES).orElse("text")),
                fields.text("format"),
                false);
        fields.done();
        return column;
    }

    /** What DuckDB's reader is told. */
    String readAs() {
        if (format.isPresent()) {
            return "VARCHAR";
        }
        return switch (type) {
            case BOOLEAN -> "BOOLEAN";
            case LONG -> exact ? "VARCHAR" : "DOUBLE";
            case DOUBLE -> "DOUBLE";
            case DATE, TIMESTAMP -> "TIMESTAMP";
            case TIME -> "TIME";
            default -> "VARCHAR";
        };
    }

    /** The column's value, made from what was read; calls {@code error('dp:<index>:<value>')} for one that doesn't fit. */
    String expression(int index) {
        String read = Sql.name(name);
        if (format.isPresent()) {
            String parsed = "try_strptime(" + read + ", " + Sql.text(format.get()) + ")";
            return checked(index, read, parsed + " IS NOT NULL", parsed + "::" + type.name()) + " AS " + read;
        }
        return switch (type) {
                    case LONG ->
                        exact
                                ? checked(
                                        index,
                                        read,
                                        "regexp_full_match(" + read + ", '[+-]?[0-9]+') AND TRY_CAST(" + read
                                                + " AS BIGINT) IS NOT NULL",
                                        read + "::BIGINT")
                                : checked(
                                        index,
                                        read,
                                        read + " = trunc(" + read + ") AND abs(" + read + ") < " + LARGEST_IN_DOUBLE,
                                        read + "::BIGINT");
                    case DATE -> checked(index, read, read + " = " + read + "::DATE::TIMESTAMP", read + "::DATE");
                    default -> read;
                }
                + " AS " + read;
    }

    private static String checked(int index, String read, String condition, String value) {
        return "CASE WHEN " + read + " IS NULL OR (" + condition + ") THEN " + value + " ELSE error('dp:" + index
                + ":' || " + read + "::VARCHAR) END";
    }

    /** What to read the column as after {@code value} did not fit. */
    CsvColumn widerFor(String value) {
        return switch (type) {
            case LONG -> exact ? text() : isLarge(value) ? new CsvColumn(name, type, format, true) : number();
            case DATE -> format.isPresent() ? text() : new CsvColumn(name, ColumnType.TIMESTAMP);
            default -> text();
        };
    }

    /** What to read it as after DuckDB's reader could not. */
    CsvColumn text() {
        return new CsvColumn(name, ColumnType.TEXT);
    }

    private CsvColumn number() {
        return new CsvColumn(name, ColumnType.DOUBLE);
    }

    /** Of a double as DuckDB writes it. */
    private static boolean isLarge(String value) {
        return Character.isDigit(value.charAt(value.length() - 1))
                && Math.abs(Double.parseDouble(value)) >= LARGEST_IN_DOUBLE;
    }
}
