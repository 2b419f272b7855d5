package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Calls a plugin's capabilities the way the kernel does: by name, with a JSON body. */
final class Calling {
    private Calling() {}

    static Object reply(Capabilities capabilities, String capability, JsonObject body) throws Exception {
        Future<?> reply = capabilities.handler(capability).orElseThrow().handle(GivenCall.of(capability, body));
        return reply.result();
    }

    static CallException invalid(Capabilities capabilities, String capability, JsonObject body) {
        CallException failure =
                assertThrows(CallException.class, () -> reply(capabilities, capability, body), capability);
        assertEquals(FailureKind.INVALID, failure.kind());
        return failure;
    }
}
