package io.dataprism.kernel.context;

import io.dataprism.api.Metrics;
import java.time.Duration;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** One series of numbers. Safe to use from any thread, without a lock. */
sealed interface Series {

    MetricSample.Reading read();

    /** Only grows. */
    final class Count implements Series, Metrics.Counter {
        private final LongAdder total = new LongAdder();

        @Override
        public void add(long amount) {
            total.add(Math.max(0, amount));
        }

        @Override
        public MetricSample.Count read() {
            return new MetricSample.Count(total.sum());
        }
    }

    /** Goes up and down. */
    final class Level implements Series, Metrics.Gauge {
        private volatile double value;

        @Override
        public void set(double next) {
            if (Double.isFinite(next)) {
                value = next;
            }
        }

        @Override
        public MetricSample.Level read() {
            return new MetricSample.Level(value);
        }
    }

    /** How often, how long. */
    final class Timing implements Series, Metrics.Timer {
        private static final Duration LONGEST = Duration.ofDays(365);

        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

        @Override
        public void record(Duration duration) {
            long took = duration.isNegative() ? 0 : (duration.compareTo(LONGEST) > 0 ? LONGEST : duration).toNanos();
            count.increment();
            nanos.add(took);
            longest.accumulate(took);
        }

        @Override
        public MetricSample.Timing read() {
            return new MetricSample.Timing(count.sum(), Duration.ofNanos(nanos.sum()), Duration.ofNanos(longest.get()));
        }
    }
}
