package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.Calls;
import io.dataprism.api.Channels;
import io.dataprism.api.Events;
import io.vertx.core.Future;

/**
 * Where somebody takes part in the messaging. Whoever holds it acts as its caller. An endpoint of host, operator or bridge user belongs to the
 * Vert.x context on which it was made: its handlers run there and its futures complete there.
 */
public interface Endpoint {

    Caller caller();

    Events events();

    Channels channels();

    Calls calls();

    /** End all subscriptions, memberships and calls under way; every later use fails. */
    Future<Void> close();
}
