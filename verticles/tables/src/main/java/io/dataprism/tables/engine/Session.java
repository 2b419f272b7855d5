package io.dataprism.tables.engine;

import io.dataprism.api.CallException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * One connection, with temporary views of its own. Used by one thread at a time; only {@link #cancel} may come from elsewhere.
 * Every failure is a {@link CallException} with a {@link TableProblem}'s code.
 */
final class Session implements AutoCloseable {
    /** What every failure of a statement ends with. */
    private static final String ADVICE = "Mend the statement, or the values that it works on.";

    /** Where in the statement the engine points at, below an empty line. */
    private static final Pattern PLACE = Pattern.compile("\n\nLINE (\\d{1,6})(?=: )");

    private final Database database;
    private final DuckDBConnection connection;
    private volatile @Nullable Statement running;

    Session(Database database, DuckDBConnection connection) {
        this.database = database;
        this.connection = connection;
    }

    /** Reads one row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    void run(String sql, Object... parameters) {
        list(sql, List.of(parameters), row -> row);
    }

    <T> T one(String sql, List<?> parameters, RowReader<T> reader) {
        return list(sql, parameters, reader).get(0);
    }

    long count(String sql, Object... parameters) {
        return one(sql, List.of(parameters), row -> row.getLong(1));
    }

    <T> List<T> list(String sql, List<?> parameters, RowReader<T> reader) {
        AtomicBoolean late = new AtomicBoolean();
        try (PreparedStatement statement = prepare(sql, parameters)) {
            running = statement;
            ScheduledFuture<?> limit = database.limit(statement, () -> late.set(true));
            try {
                List<T> rows = new ArrayList<>();
                if (statement.execute()) {
                    try (ResultSet results = statement.getResultSet()) {
                        while (results.next()) {
                            rows.add(reader.read(results));
                        }
                    }
                }
                return rows;
            } finally {
                limit.cancel(false);
                running = null;
            }
        } catch (SQLException e) {
            throw failure(e, late.get());
        }
    }

    PreparedStatement prepare(String sql, List<?> parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        return statement;
    }

    /** The columns that {@code sql} yields, without running it. */
    List<Column> columns(String sql, List<?> parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            ResultSetMetaData meta = statement.getMetaData();
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(new Column(meta.getColumnLabel(i), meta.getColumnTypeName(i)));
            }
            return columns;
        } catch (SQLException e) {
            throw failure(e, false);
        }
    }

    CallException failure(SQLException e, boolean late) {
        String message = String.valueOf(e.getMessage());
        if (late) {
            return TableProblem.LATE.failure(
                    "Tables: the statement was ended after "
                            + database.options().statementLimit().toSeconds()
                            + " s, its limit. Work on fewer rows, or raise 'statementSeconds' in the plugin's config.",
                    e);
        }
        if (database.isClosing()) {
            return TableProblem.STOPPED.failure(
                    "Tables: the engine stopped while the statement ran. Ask again once the plugin runs.", e);
        }
        if (message.startsWith("Out of Memory") || message.contains("max_temp_directory_size")) {
            return TableProblem.FULL.failure(
                    "Tables: the engine ran out of memory: " + message
                            + " Work on fewer rows or columns, or raise 'memoryMb' or 'spillMb' in the plugin's config.",
                    e);
        }
        if (message.startsWith("Permission Error")) {
            return TableProblem.FORBIDDEN_SQL.failure(
                    "Tables: " + sentence(message) + " SQL reaches tables only: have files loaded by 'table-create'.",
                    e);
        }
        return TableProblem.BAD_SQL.failure("Tables: " + advised(message), e);
    }

    /** The engine's words and what to do. The line that it points at, with a mark below, stands between the two. */
    private static String advised(String message) {
        Matcher place = PLACE.matcher(message);
        return place.find()
                ? sentence(message.substring(0, place.start())) + "\n" + ownLine(place)
                        + message.substring(place.end()).stripTrailing() + "\n" + ADVICE
                : sentence(message) + " " + ADVICE;
    }

    /** The engine's words alone, where the statement is none that the caller knows. */
    static String withoutAdvice(String message) {
        return message.replaceFirst("(?s)\\nLINE \\d+: .*", "")
                .replace(ADVICE, "")
                .stripTrailing();
    }

    /** What the caller wrote begins on the second line of every statement. As wide as before, for the mark below it. */
    private static String ownLine(Matcher place) {
        String number = place.group(1);
        return String.format(Locale.ROOT, "LINE %" + number.length() + "d", Math.max(1, Integer.parseInt(number) - 1));
    }

    private static String sentence(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || ".!?".indexOf(stripped.charAt(stripped.length() - 1)) >= 0
                ? stripped
                : stripped + ".";
    }

    void cancel() {
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                throw failure(e, false);
            }
        }
    }

    /** What a reader that keeps a statement open runs, so that closing the engine can cancel it. */
    void running(@Nullable Statement statement) {
        running = statement;
    }

    @Override
    public void close() {
        database.forget(this);
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e, false);
        }
    }
}
