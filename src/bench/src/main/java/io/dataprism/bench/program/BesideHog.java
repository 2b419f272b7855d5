package io.dataprism.bench.program;

import io.dataprism.bench.lane.HogLane;
import io.dataprism.bench.row.Metric;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long it takes from asking for a sender's turn until its message is handled, with one message each millisecond, beside somebody who burns
 * CPU or not. Arguments: the lane, {@code hog} or {@code quiet}, seconds.
 */
public final class BesideHog {
    private static final long LONGEST = 60_000_000_000L;

    private BesideHog() {}

    public static void main(String[] arguments) throws Exception {
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[2]));
        Histogram times = new ConcurrentHistogram(LONGEST, 3);
        try (HogLane lane = HogLane.named(arguments[0])) {
            lane.open(List.of(sent -> times.recordValue(System.nanoTime() - (Long) sent)));
            sendFor(lane, time.dividedBy(2));
            if (arguments[1].equals("hog")) {
                lane.startHog();
            }
            times.reset();
            sendFor(lane, time);
            Map<Metric, Double> values = new EnumMap<>(Metric.class);
            values.put(Metric.P50, (double) times.getValueAtPercentile(50));
            values.put(Metric.P99, (double) times.getValueAtPercentile(99));
            Program.print(values);
        }
        Runtime.getRuntime().exit(0);
    }

    private static void sendFor(HogLane lane, Duration time) throws InterruptedException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        clock.scheduleAtFixedRate(
                () -> {
                    Object now = System.nanoTime();
                    lane.execute(() -> lane.send(now));
                },
                1,
                1,
                TimeUnit.MILLISECONDS);
        if (!clock.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS)) {
            clock.shutdown();
            clock.awaitTermination(1, TimeUnit.MINUTES);
        }
    }
}
