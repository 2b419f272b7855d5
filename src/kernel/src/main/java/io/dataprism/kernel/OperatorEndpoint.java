package io.dataprism.kernel;

import io.dataprism.api.Caller;
import io.dataprism.kernel.messaging.Endpoint;
import io.dataprism.kernel.messaging.Messaging;
import org.jspecify.annotations.Nullable;

/** Where the operator takes part in the messaging, by control operations: one endpoint, made when it is first used. Safe to use from any thread. */
final class OperatorEndpoint {
    private final Messaging messaging;
    private @Nullable Endpoint made;

    OperatorEndpoint(Messaging messaging) {
        this.messaging = messaging;
    }

    synchronized Endpoint get() {
        Endpoint endpoint = made == null ? messaging.endpoint(Caller.OPERATOR) : made;
        made = endpoint;
        return endpoint;
    }
}
