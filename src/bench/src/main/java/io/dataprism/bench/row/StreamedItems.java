package io.dataprism.bench.row;

import io.dataprism.bench.lane.CallFlow;
import io.dataprism.bench.lane.CallLane;
import io.dataprism.bench.lane.Lanes;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A stream that is opened and read to its end; an operation is one item. */
@State(Scope.Benchmark)
public class StreamedItems {
    @Param("kernel")
    public String lane = "";

    @Param("SMALL_JSON")
    public Payload payload = Payload.SMALL_JSON;

    /** How many items may be ahead of the reader. */
    @Param("64")
    public int window;

    /** Items of one stream. */
    @Param("1000")
    public int items;

    private @Nullable CallLane opened;
    private @Nullable CallFlow flow;

    @Setup(Level.Trial)
    public void open() throws Exception {
        JsonObject asked =
                new JsonObject().put("items", items).put("item", payload.make()).put("window", window);
        CallLane made = Lanes.streams(lane);
        opened = made;
        made.open();
        flow = new CallFlow(made, 1, () -> asked, Optional.empty());
    }

    @Benchmark
    public void read() throws Exception {
        Objects.requireNonNull(flow).run(1);
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        Objects.requireNonNull(opened).close();
    }
}
