package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Slices that are tasks of a context: Vert.x has set everything before it begins one. */
final class TaskFrame implements SliceFrame {
    private static final Logger LOG = LoggerFactory.getLogger(TaskFrame.class);

    private final Context context;
    private final BooleanSupplier surrounds;

    TaskFrame(Context context, BooleanSupplier surrounds) {
        this.context = context;
        this.surrounds = surrounds;
    }

    @Override
    public void report(Throwable failure) {
        Handler<Throwable> handler = context.exceptionHandler();
        if (handler == null) {
            LOG.error("A step of a context failed", failure);
        } else {
            handler.handle(failure);
        }
    }

    @Override
    public boolean surrounds() {
        return surrounds.getAsBoolean();
    }
}
