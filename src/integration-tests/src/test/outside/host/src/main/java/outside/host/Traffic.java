package outside.host;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;

/** The host's own use of the bus: a verticle that answers, interceptors that count, a timer. */
final class Traffic {
    private final Vertx vertx;
    private final AtomicInteger outbound = new AtomicInteger();
    private final AtomicInteger inbound = new AtomicInteger();
    private final AtomicInteger ticks = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();

    Traffic(Vertx vertx) {
        this.vertx = vertx;
    }

    void start() throws Exception {
        vertx.eventBus().addOutboundInterceptor(delivery -> {
            count(delivery.message(), outbound);
            delivery.next();
        });
        vertx.eventBus().addInboundInterceptor(delivery -> {
            count(delivery.message(), inbound);
            delivery.next();
        });
        vertx.setPeriodic(5, id -> ticks.incrementAndGet());
        HostApplication.await(vertx.deployVerticle(new Echo()));
    }

    private static void count(Message<?> message, AtomicInteger counter) {
        if (message.address().startsWith("host.")) {
            counter.incrementAndGet();
        }
    }

    /** A hundred requests: each is answered as it was sent, and each interceptor sees each once. */
    void exchange(String when) throws Exception {
        int sent = outbound.get();
        int received = inbound.get();
        int ticked = ticks.get();
        for (int i = 0; i < 100; i++) {
            JsonObject body = new JsonObject().put("n", i);
            Message<JsonObject> reply = HostApplication.await(vertx.eventBus()
                    .request("host.echo", body, new DeliveryOptions().addHeader("h", "v" + i)));
            if (!body.equals(reply.body()) || !("v" + i).equals(reply.headers().get("h")) || reply.headers().size() != 1) {
                throw new AssertionError(when + ": reply " + i + " is " + reply.body() + " with " + reply.headers());
            }
        }
        while (ticks.get() < ticked + 2) {
            Thread.onSpinWait();
        }
        System.out.println("HOST traffic " + when + " " + (outbound.get() - sent) + " " + (inbound.get() - received));
    }

    int stopped() {
        return stopped.get();
    }

    private final class Echo extends VerticleBase {
        @Override
        public Future<?> start() {
            return vertx.eventBus()
                    .<JsonObject>consumer("host.echo", message -> message.reply(
                            message.body(),
                            new DeliveryOptions().addHeader("h", message.headers().get("h"))))
                    .completion();
        }

        @Override
        public Future<?> stop() {
            stopped.incrementAndGet();
            return Future.succeededFuture();
        }
    }
}
