package io.dataprism.cluster;

import static io.dataprism.cluster.TwoNodes.await;
import static io.dataprism.cluster.TwoNodes.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Channel;
import io.dataprism.api.TableHandle;
import io.dataprism.kernel.messaging.Endpoint;
import io.dataprism.kernel.permission.Permission;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may use a handle that is handed on between nodes. */
final class HandlesBetweenNodesTest {
    private static final TableHandle TABLE =
            new TableHandle("one", "user:ada", "5f3b9c0d7e", Instant.parse("2030-01-01T00:00:00Z"));

    private final TwoNodes nodes = new TwoNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    private Endpoint user(String name) {
        Caller caller = Caller.user(name);
        for (String permission : Set.of("call", "channel")) {
            nodes.one.grants.grant(caller, Permission.parse(permission), "test", "");
        }
        return nodes.one.messaging.endpoint(caller);
    }

    private static Future<String> use(Endpoint user) {
        return user.calls().call("keeper", "use", TABLE);
    }

    /** The node that made the channel sees only that somebody listens there, at the address that the participant would have. */
    @Test
    void whoListensOnAnotherNodeAndHasNoSeatYetMayUseWhatIsSentToHim() {
        nodes.one.serving(
                "keeper",
                Capabilities.of("create", call -> Future.succeededFuture(TABLE))
                        .and("use", call -> Future.succeededFuture("used")));
        Endpoint ada = user("ada");
        Endpoint bob = user("bob");
        await(ada.calls().call("keeper", "create", null));
        Channel room = await(ada.channels().create("room", Set.of("user:bob")));
        await(nodes.two
                .node
                .vertx()
                .eventBus()
                .consumer("channel:room:user:bob", message -> {})
                .completion());
        nodes.one.isServed("channel:room:user:bob");
        assertEquals("DP-0423", failure(CallException.class, use(bob)).code());
        await(room.send("user:bob", TABLE));
        assertEquals("used", await(use(bob)));
    }
}
