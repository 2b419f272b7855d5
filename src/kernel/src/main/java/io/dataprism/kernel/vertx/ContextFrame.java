package io.dataprism.kernel.vertx;

import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/** Vert.x's current context and the class loader, set for the whole slice. */
final class ContextFrame implements SliceFrame {
    private final ContextInternal context;

    ContextFrame(ContextInternal context) {
        this.context = context;
    }

    @Override
    public @Nullable Object enter() {
        return context.beginDispatch();
    }

    @Override
    public void leave(@Nullable Object before) {
        context.endDispatch((ContextInternal) before);
    }

    @Override
    public void report(Throwable failure) {
        context.reportException(failure);
    }
}
