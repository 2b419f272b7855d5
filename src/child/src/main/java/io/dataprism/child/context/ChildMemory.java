package io.dataprism.child.context;

import io.dataprism.api.MemoryAccount;
import io.dataprism.api.MemoryPressure;
import io.dataprism.child.ChildLink;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.WireInput;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The plugin's account, which the kernel keeps. */
final class ChildMemory implements MemoryAccount {
    private final ChildLink link;
    private volatile @Nullable Handler<MemoryPressure> handler;

    ChildMemory(ChildLink link) {
        this.link = link;
    }

    @Override
    public long allocate(long bytes) {
        link.now(Op.ALLOCATE, out -> out.i64(bytes));
        return bytes;
    }

    @Override
    public void deallocate(long bytes) {
        link.now(Op.DEALLOCATE, out -> out.i64(bytes));
    }

    @Override
    public long used() {
        return state().getLong(0);
    }

    @Override
    public long limit() {
        return state().getLong(1);
    }

    private JsonArray state() {
        return (JsonArray) Objects.requireNonNull(link.now(Op.MEMORY, out -> {}));
    }

    @Override
    public void onPressure(Handler<MemoryPressure> asked) {
        handler = Objects.requireNonNull(asked);
        link.tell(Op.ON_PRESSURE, 0, out -> {});
    }

    /** It is asked to give memory back. In its slices. */
    void pressed(WireInput in) throws MalformedFrameException {
        Handler<MemoryPressure> asked = handler;
        if (asked != null) {
            asked.handle(new MemoryPressure(in.i64(), in.i64(), in.flag()));
        }
    }
}
