package io.dataprism.faults.plugin;

import io.dataprism.api.Call;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.api.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Calls its neighbours one after the other at a fixed rate, whether they have answered before or not, and tells how long they took from when each call was due. */
public final class Pacer implements Plugin {
    private PluginContext context;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("measure", this::measure);
    }

    private Future<JsonObject> measure(Call call) {
        int neighbours = context.config().getInteger("neighbours");
        return new Run(context, call.json(), neighbours).result.future();
    }

    /** One measurement. All of it runs in the plugin's slices. */
    private static final class Run {
        private static final Duration OFTEN = Duration.ofMillis(1);
        private static final CallOptions LONG = CallOptions.within(Duration.ofSeconds(30));
        private static final long HIGHEST_MICROS = 60_000_000;

        private final PluginContext context;
        private final int neighbours;
        private final long began = System.nanoTime();
        private final long period;
        private final long most;
        private final Histogram micros = new Histogram(HIGHEST_MICROS, 3);
        private final Timers.Timer timer;
        final Promise<JsonObject> result;
        private long sent;
        private long answered;
        private long failed;

        Run(PluginContext context, JsonObject wanted, int neighbours) {
            this.context = context;
            this.neighbours = neighbours;
            long perSecond = wanted.getLong("perSecond");
            period = 1_000_000_000 / perSecond;
            most = wanted.getLong("millis") * perSecond / 1_000;
            result = context.promise();
            timer = context.timers().every(OFTEN, this::tick);
        }

        private void tick() {
            long now = System.nanoTime();
            while (sent < most && began + sent * period <= now) {
                send(began + sent * period);
            }
            if (sent == most) {
                timer.cancel();
            }
        }

        private void send(long due) {
            sent++;
            context.calls()
                    .call(Neighbour.NAME + sent % neighbours, "echo", sent, LONG)
                    .onComplete(answer -> take(answer.succeeded(), due));
        }

        private void take(boolean well, long due) {
            micros.recordValue(Math.min(HIGHEST_MICROS, (System.nanoTime() - due) / 1_000));
            answered++;
            failed += well ? 0 : 1;
            if (answered == most) {
                result.complete(new JsonObject()
                        .put("sent", sent)
                        .put("failed", failed)
                        .put("p50", micros.getValueAtPercentile(50))
                        .put("p99", micros.getValueAtPercentile(99))
                        .put("most", micros.getMaxValue()));
            }
        }
    }
}
