package io.dataprism.kernel.messaging;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Records;
import io.dataprism.kernel.resource.Tally;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's endpoint. In this order: {@code open}, then {@link #serve} once the plugin runs, {@link #quiesce} when it is to
 * stop, {@link #drained}, {@link #close}. Events that arrive before {@link #serve} wait in the order they came.
 */
public interface PluginEndpoint extends Endpoint {

    /** The record types that the plugin sends as they are. */
    Records records();

    /** Take calls, messages and events from now on. */
    void serve(Capabilities capabilities);

    /** Take no new calls, messages and events. Its own calls out, publications and sends still work. */
    void quiesce();

    /** Refuse calls of others from now on, with the kind {@code NOT_RUNNING} and for this reason; null: take them again. What was taken is answered. */
    void turnAway(@Nullable TurnedAway why);

    /** Completes when what was taken before {@link #quiesce} has been answered. Never fails; the caller sets the deadline. */
    Future<Void> drained();

    /** It is held to what {@code tally} allows from now on, and counts there what it has. Before anything else is asked of it. */
    void countIn(Tally tally);

    /** How many messages it was allowed to send so far. */
    long sent();

    /** Its circuit breakers: what it called that failed lately, in no order. */
    List<CircuitState> circuits();

    /** Whether it works on an answer, or waits for one. */
    boolean hasOpenAnswers();
}
