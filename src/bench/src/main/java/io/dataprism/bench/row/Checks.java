package io.dataprism.bench.row;

import io.dataprism.bench.lane.CheckLane;
import io.dataprism.bench.lane.CheckLanes;
import io.dataprism.bench.lane.Question;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Checks down a lane: of the gate where there is no site, else of a call site. */
@State(Scope.Benchmark)
public class Checks {
    @Param("kernel")
    public String lane = "";

    @Param("")
    public String site = "";

    @Param("PLAIN")
    public Question question = Question.PLAIN;

    @Param("5")
    public int grants;

    /** Checks of one invocation. */
    @Param("1000")
    public int times;

    private @Nullable CheckLane opened;

    @Setup(Level.Trial)
    public void open() throws Exception {
        CheckLane made = site.isEmpty() ? CheckLanes.gate(lane, question, grants) : CheckLanes.site(lane, site);
        opened = made;
        made.open();
    }

    @Benchmark
    public long check() throws Exception {
        long allowed = Objects.requireNonNull(opened).check(times);
        if (allowed != times) {
            throw new IllegalStateException("Only " + allowed + " of " + times + " were allowed.");
        }
        return allowed;
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        Objects.requireNonNull(opened).close();
    }
}
