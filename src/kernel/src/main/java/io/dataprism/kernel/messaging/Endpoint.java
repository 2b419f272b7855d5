package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.Calls;
import io.dataprism.api.Channels;
import io.dataprism.api.Events;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Where somebody takes part in the messaging. Whoever holds it acts as its caller. An endpoint of host, operator or bridge user belongs to the
 * Vert.x context on which it was made: its handlers run there and its futures complete there.
 */
public interface Endpoint {

    Caller caller();

    Events events();

    Channels channels();

    Calls calls();

    /** {@code payload} as it is once it was sent: nobody can change it, and sending it copies nothing. Reads it, so in its owner's slice. */
    JsonObject freeze(JsonObject payload);

    /** The same for an array. */
    JsonArray freeze(JsonArray payload);

    /** The same for bytes. */
    Buffer freeze(Buffer payload);

    /** End all subscriptions, memberships and calls under way; every later use fails. */
    Future<Void> close();
}
