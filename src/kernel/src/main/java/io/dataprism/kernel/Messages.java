package io.dataprism.kernel;

import io.dataprism.kernel.traffic.DeadLetters;
import io.dataprism.kernel.traffic.Interceptor;
import io.dataprism.kernel.traffic.Sighting;
import io.dataprism.kernel.traffic.Watch;
import io.dataprism.kernel.traffic.WatchOptions;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The messages of a node, for the application around it. Safe to use from any thread. */
public interface Messages {

    /**
     * See messages from now on, until the watch is closed; that is logged. They wait in a bounded queue for the handler; what finds no room there
     * is dropped, and {@link Watch#takeDropped} says how many: no message waits for who watches. While nobody watches, nothing is recorded.
     *
     * @param handler called on the calling Vert.x context, in the order in which each sender's were seen
     * @throws io.dataprism.api.PluginException {@code DP-0450} for a pattern that is none, {@code DP-0451} where too many watch
     */
    Watch watch(WatchOptions options, Handler<Sighting> handler);

    /**
     * Have {@code interceptor} asked about each message that is sent on this node from now on, after those that were installed before it; what is sent
     * while a verdict is not there waits, in its order.
     *
     * @param within how long a verdict is waited for before the message is refused
     * @return ends that
     */
    Runnable intercept(Interceptor interceptor, Duration within);

    /** The same, waiting five seconds. */
    default Runnable intercept(Interceptor interceptor) {
        return intercept(interceptor, Duration.ofSeconds(5));
    }

    /** What was not handled, or failed at its last try: bounded, in memory. */
    DeadLetters deadLetters();

    /**
     * The same JSON for sending it often: nobody can change it, it passes by reference and is never copied again. What it is made of is copied
     * once, now, unless it was frozen before or came in a message. Reading it works as ever; writing throws, and {@code copy()} makes one to write to.
     *
     * @throws io.dataprism.api.PluginException {@code DP-0403}, {@code DP-0404}, {@code DP-0405} or {@code DP-0413} where it could not be sent
     */
    JsonObject freeze(JsonObject payload);

    /** The same for an array. */
    JsonArray freeze(JsonArray payload);

    /** The same for bytes. */
    Buffer freeze(Buffer payload);
}
