package io.dataprism.bench.plugin;

import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;

/** Burns CPU in turns, each asking for the next; the benchmark says what a turn does and whether it was the last. */
public final class Hog implements Plugin {
    @Override
    public Future<Void> initialize(PluginContext context) {
        BooleanSupplier turn = Meeting.turn(context);
        context.execute(() -> burn(context, turn));
        return Future.succeededFuture();
    }

    private static void burn(PluginContext context, BooleanSupplier turn) {
        if (turn.getAsBoolean()) {
            context.execute(() -> burn(context, turn));
        }
    }
}
