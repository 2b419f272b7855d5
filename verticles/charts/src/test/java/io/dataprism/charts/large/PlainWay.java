package io.dataprism.charts.large;

import io.dataprism.charts.auto.Suggestion;
import io.dataprism.charts.engine.ChartEngine;
import io.dataprism.charts.engine.ChartLimits;
import io.dataprism.charts.engine.ChartRequest;
import io.dataprism.charts.engine.Drawing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By JDBC on DuckDB, with the statements that a profile takes, as one would write them for flights; charts by the engine alone. */
final class PlainWay implements Way {
    static final String GROUP =
            "SELECT origin, count(*) AS n, avg(delay) AS delay FROM %s GROUP BY origin ORDER BY origin";

    private static final String NUMBERS =
            "approx_quantile(%1$s::DOUBLE, [0.05, 0.25, 0.5, 0.75, 0.95]), avg(%1$s::DOUBLE), stddev_samp(%1$s::DOUBLE)";
    private static final double PNG_SCALE = 2;

    private final Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    private final ChartEngine engine = new ChartEngine(ChartLimits.standard());
    private final Path file;
    private final List<Suggestion> charts;

    PlainWay(Path file, List<Suggestion> charts) throws SQLException {
        this.file = file;
        this.charts = charts;
        run("SET memory_limit = '512MB'");
        // A file is loaded once, not again and again as here
        run("SET enable_external_file_cache = false");
        engine.warm();
    }

    private JsonArray run(String sql) throws SQLException {
        JsonArray rows = new JsonArray();
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet results = statement.getResultSet()) {
                    while (results.next()) {
                        rows.add(row(results));
                    }
                }
            }
        }
        return rows;
    }

    private static JsonObject row(ResultSet results) throws SQLException {
        JsonObject row = new JsonObject();
        for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
            row.put(results.getMetaData().getColumnName(i), json(results.getObject(i)));
        }
        return row;
    }

    private static @Nullable Object json(@Nullable Object value) {
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime().toString();
        }
        return value instanceof LocalDate || value instanceof java.sql.Array ? value.toString() : value;
    }

    @Override
    public long fetch() throws SQLException {
        run("CREATE TABLE t AS SELECT * FROM read_parquet('" + file + "')");
        return run("SELECT count(*) AS n FROM t").getJsonObject(0).getLong("n");
    }

    @Override
    public void profile() throws SQLException {
        JsonObject all = run("SELECT count(date), approx_count_distinct(date), min(date), max(date),"
                        + " min(epoch(date)) AS low, max(epoch(date)) AS high,"
                        + " approx_quantile(epoch(date), [0.05, 0.25, 0.5, 0.75, 0.95]) FILTER (WHERE isfinite(date)),"
                        + number("delay") + number("distance") + text("origin") + text("destination")
                        + " corr(delay::DOUBLE, distance::DOUBLE) FROM t")
                .getJsonObject(0);
        run("SELECT count(*) FILTER (WHERE delay::DOUBLE < -39 OR delay::DOUBLE > 41),"
                + " count(*) FILTER (WHERE distance::DOUBLE < -692 OR distance::DOUBLE > 1983) FROM t");
        run("SELECT * FROM (" + bins(0, "epoch(date)", all.getDouble("low"), all.getDouble("high")) + " UNION ALL "
                + bins(1, "delay::DOUBLE", -1116, 1688) + " UNION ALL " + bins(2, "distance::DOUBLE", 21, 4962)
                + " UNION ALL " + top(3, "origin") + " UNION ALL " + top(4, "destination")
                + ") ORDER BY c, kind, n DESC, v");
    }

    private static String number(String column) {
        return " count(" + column + "), approx_count_distinct(" + column + "), min(" + column + "), max(" + column
                + "), min(" + column + "::DOUBLE), max(" + column + "::DOUBLE), " + NUMBERS.formatted(column) + ",";
    }

    private static String text(String column) {
        String length = "length(" + column + ")";
        return " count(" + column + "), approx_count_distinct(" + column + "), min(" + length + "), max(" + length
                + "), avg(" + length + "),";
    }

    private static String bins(int index, String value, double low, double high) {
        return "SELECT " + index + " AS c, 'bin' AS kind, NULL AS v, count(*) AS n, greatest(least(floor((" + value
                + " - " + low + ") / " + (high - low) / 20 + "), 19), 0)::BIGINT AS b FROM t GROUP BY 5";
    }

    private static String top(int index, String column) {
        return "(SELECT " + index + " AS c, 'top' AS kind, " + column
                + " AS v, count(*) AS n, 0 AS b FROM t WHERE " + column + " IS NOT NULL GROUP BY " + column
                + " ORDER BY 4 DESC, 3 LIMIT 10)";
    }

    @Override
    public int group() throws SQLException {
        return run(GROUP.formatted("t")).size();
    }

    @Override
    public List<String> chart() throws SQLException {
        List<String> drawn = new ArrayList<>();
        for (Suggestion chart : charts) {
            JsonArray rows = chart.query().isPresent() ? run(chart.query().get()) : new JsonArray();
            Drawing drawing = engine.draw(ChartRequest.of(chart.ofReducedRows(), rows));
            drawing.png(PNG_SCALE);
            drawn.add(drawing.svg());
        }
        return drawn;
    }

    @Override
    public void release() throws SQLException {
        run("DROP TABLE t");
    }

    @Override
    public void close() throws SQLException {
        engine.close();
        connection.close();
    }
}
