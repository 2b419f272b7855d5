package io.dataprism.bench.lane;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.function.Consumer;

/** The raw Vert.x event bus between verticles, on event loops or on workers. To one receiver it sends, to several it publishes. */
final class BusLane implements HogLane {
    private static final String ADDRESS = "bench.address";

    private final BusVerticles verticles;
    private final EventBus bus;
    private final HogTurns hog = new HogTurns();
    private boolean toOne;
    private final Context sender;

    BusLane(boolean workers) throws Exception {
        verticles = new BusVerticles(workers);
        bus = verticles.vertx().eventBus();
        sender = verticles.context();
    }

    @Override
    public void open(List<Consumer<Object>> receivers) throws Exception {
        toOne = receivers.size() == 1;
        for (Consumer<Object> receiver : receivers) {
            verticles.deploy(new VerticleBase() {
                @Override
                public Future<?> start() {
                    return vertx.eventBus()
                            .consumer(ADDRESS, message -> receiver.accept(message.body()))
                            .completion();
                }
            });
        }
    }

    @Override
    public void startHog() throws Exception {
        burn(verticles.context());
    }

    private void burn(Context context) {
        context.runOnContext(go -> {
            if (hog.getAsBoolean()) {
                burn(context);
            }
        });
    }

    @Override
    public void execute(Runnable step) {
        sender.runOnContext(go -> step.run());
    }

    @Override
    public void send(Object body) {
        if (toOne) {
            bus.send(ADDRESS, body);
        } else {
            bus.publish(ADDRESS, body);
        }
    }

    @Override
    public void close() throws Exception {
        hog.stop();
        verticles.close();
    }
}
