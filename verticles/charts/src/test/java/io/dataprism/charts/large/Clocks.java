package io.dataprism.charts.large;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the steps of one way took: milliseconds of the clock, and of all threads' CPU time, DuckDB's and the compiler's included. */
final class Clocks {
    static final List<String> STEPS = List.of("fetch", "profile", "group", "chart", "all");

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final List<double[]> walls = new ArrayList<>();
    private final List<double[]> cpus = new ArrayList<>();

    /** A step. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /** Do the steps, one after the other, and keep what each of them took and all took together. */
    void take(Step... steps) throws Exception {
        double[] wall = new double[STEPS.size()];
        double[] cpu = new double[STEPS.size()];
        int all = STEPS.size() - 1;
        for (int i = 0; i < steps.length; i++) {
            double startedAt = System.nanoTime() / 1e6;
            double used = SYSTEM.getProcessCpuTime() / 1e6;
            steps[i].run();
            cpu[i] = SYSTEM.getProcessCpuTime() / 1e6 - used;
            wall[i] = System.nanoTime() / 1e6 - startedAt;
            cpu[all] += cpu[i];
            wall[all] += wall[i];
        }
        walls.add(wall);
        cpus.add(cpu);
    }

    /** Forget the rounds before. */
    void reset() {
        walls.clear();
        cpus.clear();
    }

    double wall(int step) {
        return median(walls.stream().mapToDouble(round -> round[step]).toArray());
    }

    double cpu(int step) {
        return median(cpus.stream().mapToDouble(round -> round[step]).toArray());
    }

    /** How much more {@code other} used than this for all steps, in percent, as the median of what the rounds say. */
    double more(Clocks other) {
        double[] ratios = new double[cpus.size()];
        int all = STEPS.size() - 1;
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = (other.cpus.get(i)[all] / cpus.get(i)[all] - 1) * 100;
        }
        return median(ratios);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
