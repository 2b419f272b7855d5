package io.dataprism.bench.row;

import io.dataprism.bench.lane.Flow;
import io.dataprism.bench.lane.Lanes;
import io.dataprism.bench.lane.MessageLane;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Messages down a lane; an operation is one delivery. Whoever runs it says how many deliveries one invocation is. */
@State(Scope.Benchmark)
public class Deliveries {
    @Param("kernel")
    public String lane = "";

    @Param("1")
    public int receivers;

    @Param("SMALL_JSON")
    public Payload payload = Payload.SMALL_JSON;

    /** Messages of one invocation. */
    @Param("1000")
    public int messages;

    private @Nullable MessageLane opened;
    private @Nullable Flow flow;

    @Setup(Level.Trial)
    public void open() throws Exception {
        Object body = payload.make();
        MessageLane made = Lanes.messages(lane);
        opened = made;
        made.send(payload.form());
        Flow sending = new Flow(made, receivers, payload.window(), () -> body, arrived -> {});
        sending.open();
        flow = sending;
    }

    @Benchmark
    public void deliver() throws Exception {
        Objects.requireNonNull(flow).run(messages);
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        Objects.requireNonNull(opened).close();
    }
}
