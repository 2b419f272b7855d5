package io.dataprism.charts.large;

import io.dataprism.charts.auto.ChartPicker;
import io.dataprism.charts.auto.Suggestion;
import io.dataprism.charts.auto.TableProfile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Fetches, profiles, groups and charts three million flights through the kernel and its plugins, and the same by plain JDBC on DuckDB and
 * the chart engine alone, in turns. Prints the medians and what lies between them, and how much of the heap is in use while the table, and
 * one of twice its length, is held. How to run it is in {@code docs/tables.md}.
 */
public final class ThreeMillionRows {
    /** Until then the JVM still compiles what the charts' engine is made of, a fifth of all work: more in one round, less in the next. */
    private static final int WARM_UP = 25;

    private static final int CHARTS = 3;
    private static final int AIRPORTS = 100;

    private ThreeMillionRows() {}

    /** The file, and how many rounds count. */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]).toAbsolutePath();
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
        try (PluginsWay kernel = new PluginsWay(file, CHARTS)) {
            try (PlainWay plain = new PlainWay(file, picked(kernel))) {
                compare(plain, kernel, rounds);
            }
            heap(kernel, file);
        }
    }

    /** The charts that the plugin picks, so that the plain way draws them as well. */
    private static List<Suggestion> picked(PluginsWay kernel) {
        kernel.fetch();
        kernel.profile();
        kernel.release();
        return ChartPicker.pick(TableProfile.fromJson(kernel.told()), CHARTS);
    }

    private static void compare(PlainWay plain, PluginsWay kernel, int rounds) throws Exception {
        Clocks direct = new Clocks();
        Clocks through = new Clocks();
        for (int round = 0; round < WARM_UP + rounds; round++) {
            if (round == WARM_UP) {
                direct.reset();
                through.reset();
            }
            boolean plainFirst = round % 2 == 0;
            List<String> one = take(plainFirst ? plain : kernel, plainFirst ? direct : through);
            List<String> other = take(plainFirst ? kernel : plain, plainFirst ? through : direct);
            expect(one.equals(other), "the charts of both ways to be the same");
        }
        for (int step = 0; step < Clocks.STEPS.size(); step++) {
            print(Clocks.STEPS.get(step), direct.wall(step), through.wall(step));
            print(Clocks.STEPS.get(step) + " CPU", direct.cpu(step), through.cpu(step));
        }
        System.out.printf("all CPU, median of the rounds' ratios: %+5.1f %%%n", direct.more(through));
    }

    private static List<String> take(Way way, Clocks clocks) throws Exception {
        var drawn = new Object() {
            List<String> charts = List.of();
        };
        clocks.take(
                way::fetch,
                way::profile,
                () -> expect(way.group() > AIRPORTS, "a row for each airport"),
                () -> drawn.charts = way.chart());
        way.release();
        return drawn.charts;
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("Expected " + what + ".");
        }
    }

    private static void print(String step, double direct, double through) {
        System.out.printf(
                "%-12s plain %7.1f ms   kernel %7.1f ms   %+5.1f %%%n",
                step, direct, through, (through / direct - 1) * 100);
    }

    /** The plain way is closed by now, so that what is counted is the kernel's and the plugins'. */
    private static void heap(PluginsWay kernel, Path file) throws Exception {
        System.out.printf("heap with no table: %d KB%n", used());
        heapWith(kernel);
        Path twice = Files.createTempFile("twice", ".parquet");
        try {
            writeTwice(file, twice);
            kernel.use(twice);
            heapWith(kernel);
        } finally {
            Files.delete(twice);
        }
    }

    private static void heapWith(PluginsWay kernel) {
        long rows = kernel.fetch();
        kernel.profile();
        kernel.group();
        kernel.chart();
        System.out.printf("heap with %d rows held: %d KB%n", rows, used());
        kernel.release();
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10;
    }

    private static void writeTwice(Path file, Path twice) throws SQLException {
        String all = "SELECT * FROM read_parquet('" + file + "')";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + all + " UNION ALL " + all + ") TO '" + twice + "' (FORMAT parquet)");
        }
    }
}
