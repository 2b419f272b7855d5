package io.dataprism.bench.program;

import com.sun.management.OperatingSystemMXBean;
import io.dataprism.bench.lane.KernelCrowd;
import io.dataprism.bench.plugin.Meeting;
import io.dataprism.bench.plugin.TopicReceiver;
import io.dataprism.bench.row.Metric;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Very many plugins on one node: how long they take to start, what they cost while nothing happens, and how long one message to all the others
 * takes. Their heap is what they take beyond the same classes in loaders that do nothing else. Argument: how many.
 */
public final class ManyPlugins {
    /** So many plugins have all threads of the kernel's work that there are; those after them must not add any. */
    private static final int FIRST = 100;

    private static final int IDLE_SECONDS = 10;
    private static final int IDLE_TIMES = 5;
    private static final int LONGEST_SECONDS = 60;

    private ManyPlugins() {}

    public static void main(String[] arguments) throws Exception {
        int receivers = Integer.parseInt(arguments[0]) - 1;
        double classes = BareClasses.heap(receivers, TopicReceiver.class, Meeting.class);
        CountDownLatch reached = new CountDownLatch(receivers);
        List<Consumer<Object>> all = new ArrayList<>();
        for (int i = 0; i < receivers; i++) {
            all.add(body -> reached.countDown());
        }
        try (KernelCrowd crowd = new KernelCrowd(all)) {
            Footprint before = Footprint.now();
            long began = System.nanoTime();
            crowd.open(FIRST);
            int threads = Thread.activeCount();
            crowd.open();
            Map<Metric, Double> values = new EnumMap<>(Metric.class);
            values.put(Metric.WALL, (double) (System.nanoTime() - began));
            values.put(Metric.THREADS, (double) Math.max(0, Thread.activeCount() - threads));
            double heap = (double) (Footprint.now().heap() - before.heap()) / (receivers + 1);
            values.put(Metric.HEAP, heap - classes);
            values.put(Metric.CLASSES, classes);
            values.put(Metric.METASPACE, (double) (Footprint.now().metaspace() - before.metaspace()) / (receivers + 1));
            values.put(Metric.IDLE, idle());
            values.put(Metric.PAGE, ColdPages.nanos());
            values.put(Metric.SPREAD, (double) spread(crowd, reached));
            Program.print(values);
        }
        Runtime.getRuntime().exit(0);
    }

    /** The share of one core that is used while nobody does anything, once what follows a start (compiling, closing jars) is over. */
    private static double idle() throws InterruptedException {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < IDLE_TIMES; i++) {
            least = Math.min(least, idleNow());
        }
        return least;
    }

    private static double idleNow() throws InterruptedException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long used = system.getProcessCpuTime();
        long began = System.nanoTime();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        return (double) (system.getProcessCpuTime() - used) / (System.nanoTime() - began);
    }

    private static long spread(KernelCrowd crowd, CountDownLatch reached)
            throws InterruptedException, TimeoutException {
        long began = System.nanoTime();
        crowd.send("to all");
        if (!reached.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(reached.getCount() + " plugins had no message after " + LONGEST_SECONDS + " s.");
        }
        return System.nanoTime() - began;
    }
}
