package io.dataprism.bench.lane;

import com.google.common.eventbus.AsyncEventBus;
import com.google.common.eventbus.Subscribe;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Guava's asynchronous event bus; all subscribers are called by one thread, which is what keeps each one's events in order. */
final class GuavaLane extends SenderThread {
    private final ExecutorService dispatcher = Executors.newSingleThreadExecutor();
    private final AsyncEventBus bus = new AsyncEventBus("bench", dispatcher);

    @Override
    public void open(List<Consumer<Object>> receivers) {
        receivers.forEach(receiver -> bus.register(new Subscriber(receiver)));
    }

    @Override
    public void send(Object body) {
        bus.post(body);
    }

    @Override
    public void close() throws Exception {
        super.close();
        dispatcher.shutdownNow();
    }

    /** What Guava finds by its annotation. */
    static final class Subscriber {
        private final Consumer<Object> receiver;

        Subscriber(Consumer<Object> receiver) {
            this.receiver = receiver;
        }

        @Subscribe
        public void handle(Object body) {
            receiver.accept(body);
        }
    }
}
