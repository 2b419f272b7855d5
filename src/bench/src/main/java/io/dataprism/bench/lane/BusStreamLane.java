package io.dataprism.bench.lane;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The same items that a stream brings, sent on the raw Vert.x event bus from one verticle to another, at most a window of them ahead: the reader
 * gives credit back when half of it was used, as the kernel's streams do. One stream at a time.
 */
final class BusStreamLane implements CallLane {
    private static final String STREAM = "bench.stream";
    private static final String CREDIT = "bench.credit";
    private static final String ITEMS = "bench.items";

    private final BusVerticles verticles;
    private final Reading reading = new Reading();

    BusStreamLane(boolean workers) {
        verticles = new BusVerticles(workers);
    }

    @Override
    public void open() throws Exception {
        verticles.deploy(new Sending());
        verticles.deploy(reading);
    }

    @Override
    public void execute(Runnable step) {
        reading.execute(step);
    }

    @Override
    public void call(Object body, BiConsumer<@Nullable Object, @Nullable Throwable> answered) {
        reading.begin((JsonObject) body, answered);
    }

    @Override
    public void close() throws Exception {
        verticles.close();
    }

    /** Sends items while it has credit. */
    private static final class Sending extends VerticleBase {
        private JsonObject item = new JsonObject();
        private int left;
        private int credit;

        @Override
        public Future<?> start() {
            EventBus bus = vertx.eventBus();
            return bus.<JsonObject>consumer(STREAM, message -> begin(message.body()))
                    .completion()
                    .compose(known -> bus.<Integer>consumer(CREDIT, message -> more(message.body()))
                            .completion());
        }

        private void begin(JsonObject asked) {
            item = asked.getJsonObject("item");
            left = asked.getInteger("items");
            credit = 0;
            more(asked.getInteger("window"));
        }

        private void more(int items) {
            credit += items;
            while (credit > 0 && left > 0) {
                credit--;
                left--;
                vertx.eventBus().send(ITEMS, item);
            }
        }
    }

    /** Counts items and gives credit. */
    private static final class Reading extends VerticleBase {
        private @Nullable Context own;
        private BiConsumer<@Nullable Object, @Nullable Throwable> done = (count, failure) -> {
            throw Lanes.notOpen();
        };
        private int wanted;
        private int half;
        private int read;

        @Override
        public Future<?> start() {
            own = context;
            return vertx.eventBus().consumer(ITEMS, message -> arrived()).completion();
        }

        void execute(Runnable step) {
            Context known = own;
            if (known == null) {
                throw Lanes.notOpen();
            }
            known.runOnContext(go -> step.run());
        }

        void begin(JsonObject asked, BiConsumer<@Nullable Object, @Nullable Throwable> answered) {
            done = answered;
            wanted = asked.getInteger("items");
            half = asked.getInteger("window") / 2;
            read = 0;
            vertx.eventBus().send(STREAM, asked);
        }

        private void arrived() {
            read++;
            if (read == wanted) {
                done.accept(read, null);
            } else if (read % half == 0) {
                vertx.eventBus().send(CREDIT, half);
            }
        }
    }
}
