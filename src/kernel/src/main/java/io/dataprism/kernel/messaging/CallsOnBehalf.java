package io.dataprism.kernel.messaging;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Calls;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls that a handler makes for the call it handles, whenever it makes them. */
final class CallsOnBehalf implements Calls {
    private final Party party;
    private final PendingReply<?> work;

    CallsOnBehalf(Party party, PendingReply<?> work) {
        this.party = party;
        this.work = work;
    }

    @Override
    public <T> Future<T> call(String plugin, String capability, @Nullable Object request, CallOptions options) {
        return onBehalf(() -> party.calls().call(plugin, capability, request, options));
    }

    @Override
    public <T> Future<StreamReader<T>> stream(
            String plugin, String capability, @Nullable Object request, StreamOptions options) {
        return onBehalf(() -> party.calls().stream(plugin, capability, request, options));
    }

    private <T> Future<T> onBehalf(Supplier<Future<T>> call) {
        if (!party.inSlice()) {
            return party.failed(new IllegalStateException(
                    "Calls on behalf of another call are made in the plugin's own slices; use PluginContext.execute."));
        }
        PendingReply<?> before = party.workFor(work);
        long message = party.handles(work.id);
        try {
            return call.get();
        } finally {
            party.workFor(before);
            party.handles(message);
        }
    }
}
