package io.dataprism.gateway;

import static io.dataprism.gateway.BridgeClient.frame;
import static io.dataprism.gateway.BridgedKernel.ADA;
import static io.dataprism.gateway.BridgedKernel.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel whose use failed is joined again at its next use, which must not leave another part in it each time. */
final class RejoinTest {
    private final BridgedKernel kernel = new BridgedKernel(options -> options.withQuotas(busy()));
    private final BridgeClient ada = kernel.client(ADA);

    @AfterEach
    void close() {
        kernel.close();
    }

    private static Quotas busy() {
        Quotas usual = Quotas.DEFAULT;
        return new Quotas(
                usual.sockets(),
                usual.socketsPerUser(),
                usual.handlersPerSocket(),
                usual.pendingPerSocket(),
                usual.frameBytes(),
                1_000_000,
                usual.queueBytes(),
                usual.pingTimeout(),
                usual.slowReaderTimeout(),
                usual.callTimeout());
    }

    @Test
    void aThousandFailingSendsLeaveOnePartInTheChannel() throws Exception {
        Channel room = await(kernel.host.channels().create("room", Set.of("user:ada", "user:bob")));
        for (int i = 0; i < 1_000; i++) {
            assertEquals("err", ada.call("channel:room:user:bob", "hello").getString("type"));
        }
        ada.send(frame("register", "channel:room:user:ada"));
        ada.settle();
        // A request goes to the first part that she has there: one left behind has no handler.
        Future<Object> asked = room.request("user:ada", "you?", CallOptions.DEFAULT);
        JsonObject question = ada.next();
        assertEquals("you?", question.getJsonObject("body").getString("message"));
        ada.send(frame("send", question.getString("replyAddress")).put("body", "yes"));
        assertEquals("yes", await(asked));
    }
}
