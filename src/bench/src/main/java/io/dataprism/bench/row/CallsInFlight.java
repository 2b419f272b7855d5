package io.dataprism.bench.row;

import io.dataprism.bench.lane.CallFlow;
import io.dataprism.bench.lane.CallLane;
import io.dataprism.bench.lane.Lanes;
import java.util.Objects;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Calls down a lane; with one in flight, the time of each is taken where the caller runs. */
@State(Scope.Benchmark)
public class CallsInFlight {
    /** Up to a minute. */
    private static final long LONGEST = 60_000_000_000L;

    @Param("kernel")
    public String lane = "";

    @Param("1")
    public int inFlight;

    @Param("SMALL_JSON")
    public Payload payload = Payload.SMALL_JSON;

    /** Calls of one invocation. */
    @Param("1000")
    public int messages;

    private @Nullable CallLane opened;
    private @Nullable CallFlow flow;

    @Setup(Level.Trial)
    public void open() throws Exception {
        Object body = payload.make();
        Optional<Histogram> times = inFlight == 1 ? Optional.of(new Histogram(LONGEST, 3)) : Optional.empty();
        TimesProfiler.source(times);
        CallLane made = Lanes.calls(lane);
        opened = made;
        made.open();
        flow = new CallFlow(made, inFlight, () -> body, times);
    }

    @Benchmark
    public void call() throws Exception {
        Objects.requireNonNull(flow).run(messages);
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        Objects.requireNonNull(opened).close();
    }
}
