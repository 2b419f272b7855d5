package io.dataprism.files;

import com.sun.management.OperatingSystemMXBean;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fetches, profiles and groups three million flights through the kernel and its plugins, and the same by plain JDBC on DuckDB,
 * in turns. Prints the medians and what lies between them. How to run it is in {@code docs/tables.md}.
 */
public final class ThreeMillionRows {
    private static final String NUMBERS =
            "approx_quantile(%1$s::DOUBLE, [0.05, 0.25, 0.5, 0.75, 0.95]), avg(%1$s::DOUBLE), stddev_samp(%1$s::DOUBLE)";
    private static final String GROUP =
            "SELECT origin, count(*) AS n, avg(delay) AS delay FROM %s GROUP BY origin ORDER BY origin";

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ThreeMillionRows() {}

    /** A way to do it: fetch, profile, group. */
    private interface Way {
        long fetch() throws Exception;

        void profile() throws Exception;

        void group() throws Exception;

        void release() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]).toAbsolutePath();
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
        Vertx vertx = Vertx.vertx();
        try (TestKernel kernel = TestKernel.on(vertx);
                Plain plain = new Plain(file)) {
            Way mediated = new Mediated(kernel, file);
            double[][] took = new double[2][0];
            for (int round = 0; round < rounds + 2; round++) {
                double[] direct = timed(plain);
                double[] through = timed(mediated);
                if (round >= 2) {
                    took[0] = joined(took[0], direct);
                    took[1] = joined(took[1], through);
                }
            }
            String[] parts = {"fetch", "profile", "group", "all", "fetch CPU", "profile CPU", "group CPU", "all CPU"};
            for (int i = 0; i < 8; i++) {
                double direct = median(took[0], i);
                double through = median(took[1], i);
                System.out.printf(
                        "%-12s plain %7.1f ms   kernel %7.1f ms   %+5.1f %%%n",
                        parts[i], direct, through, (through / direct - 1) * 100);
            }
            mediated.fetch();
            System.gc();
            System.out.printf(
                    "heap used with the table held: %d KB%n",
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10);
        } finally {
            Await.result("Vert.x to close", vertx.close());
        }
    }

    /** Milliseconds of fetch, profile, group and all, and the same of CPU over all threads, DuckDB's included. */
    private static double[] timed(Way way) throws Exception {
        double[] took = new double[8];
        double[] clock = clocks();
        double[] start = clock;
        way.fetch();
        clock = put(took, 0, clock);
        way.profile();
        clock = put(took, 1, clock);
        way.group();
        put(took, 2, clock);
        put(took, 3, start);
        way.release();
        return took;
    }

    private static double[] put(double[] took, int part, double[] since) {
        double[] now = clocks();
        took[part] = now[0] - since[0];
        took[part + 4] = now[1] - since[1];
        return now;
    }

    private static double[] clocks() {
        return new double[] {System.nanoTime() / 1e6, SYSTEM.getProcessCpuTime() / 1e6};
    }

    private static double[] joined(double[] all, double[] more) {
        double[] joined = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, joined, all.length, more.length);
        return joined;
    }

    private static double median(double[] all, int part) {
        double[] values = new double[all.length / 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = all[i * 8 + part];
        }
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** By the plugins. */
    private static final class Mediated implements Way {
        private final PluginUnderTest tables;
        private final PluginUnderTest files;
        private final JsonObject connection;
        private JsonObject data = new JsonObject();

        Mediated(TestKernel kernel, Path file) {
            tables = kernel.load(Path.of("../tables"));
            files = kernel.load(Path.of("."));
            JsonObject config = new JsonObject().put("config", new JsonObject().put("path", file.toString()));
            connection = new JsonObject()
                    .put("connection", files.call("connect", config).getString("connection"));
        }

        @Override
        public long fetch() {
            JsonObject fetched = files.call("fetch", connection);
            data = fetched.getJsonObject("data");
            return fetched.getJsonObject("report").getLong("rows");
        }

        @Override
        public void profile() {
            tables.call("analyze", new JsonObject().put("data", data).put("config", new JsonObject()));
        }

        @Override
        public void group() {
            JsonObject config =
                    new JsonObject().put("sql", GROUP.formatted("data")).put("as", "rows");
            JsonArray rows =
                    tables.reply("transform", new JsonObject().put("data", data).put("config", config));
            if (rows.size() < 100) {
                throw new IllegalStateException("expected a row for each airport, found " + rows.size());
            }
        }

        @Override
        public void release() {
            tables.reply("table-release", new JsonObject().put("table", data));
        }
    }

    /** By JDBC, with the statements that a profile takes, as one would write them for this table. */
    private static final class Plain implements Way, AutoCloseable {
        private final Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        private final Path file;

        Plain(Path file) throws SQLException {
            this.file = file;
            run("SET memory_limit = '512MB'");
        }

        private List<Object[]> run(String sql) throws SQLException {
            List<Object[]> rows = new ArrayList<>();
            try (Statement statement = connection.createStatement()) {
                if (statement.execute(sql)) {
                    try (ResultSet results = statement.getResultSet()) {
                        int columns = results.getMetaData().getColumnCount();
                        while (results.next()) {
                            Object[] row = new Object[columns];
                            for (int i = 0; i < columns; i++) {
                                row[i] = results.getObject(i + 1);
                            }
                            rows.add(row);
                        }
                    }
                }
            }
            return rows;
        }

        @Override
        public long fetch() throws SQLException {
            run("CREATE TABLE flights AS SELECT * FROM read_parquet('" + file + "')");
            return (Long) run("SELECT count(*) FROM flights").get(0)[0];
        }

        @Override
        public void profile() throws SQLException {
            Object[] all =
                    run("SELECT count(date), approx_count_distinct(date), min(date), max(date), min(epoch(date)), max(epoch(date)),"
                                    + " approx_quantile(epoch(date), [0.05, 0.25, 0.5, 0.75, 0.95]) FILTER (WHERE isfinite(date)),"
                                    + number("delay") + number("distance") + text("origin") + text("destination")
                                    + " corr(delay::DOUBLE, distance::DOUBLE) FROM flights")
                            .get(0);
            run("SELECT count(*) FILTER (WHERE delay::DOUBLE < -39 OR delay::DOUBLE > 41),"
                    + " count(*) FILTER (WHERE distance::DOUBLE < -692 OR distance::DOUBLE > 1983) FROM flights");
            run("SELECT * FROM (" + bins(0, "epoch(date)", (Double) all[4], (Double) all[5]) + " UNION ALL "
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
                    + " - " + low + ") / " + (high - low) / 20 + "), 19), 0)::BIGINT AS b FROM flights GROUP BY 5";
        }

        private static String top(int index, String column) {
            return "(SELECT " + index + " AS c, 'top' AS kind, " + column
                    + " AS v, count(*) AS n, 0 AS b FROM flights WHERE " + column + " IS NOT NULL GROUP BY " + column
                    + " ORDER BY 4 DESC, 3 LIMIT 10)";
        }

        @Override
        public void group() throws SQLException {
            run(GROUP.formatted("flights"));
        }

        @Override
        public void release() throws SQLException {
            run("DROP TABLE flights");
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
