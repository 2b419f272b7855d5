package io.dataprism.cluster;

import static io.dataprism.cluster.ClusteredKernels.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.permission.Permission;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node refuses to a sender of another one stands in its own audit log. */
final class AuditBetweenNodesTest {
    @TempDir
    Path folder;

    private static List<JsonObject> denied(Kernel kernel) {
        JsonObject query = new JsonObject().put("who", "user:eve").put("decision", "denied");
        return await(kernel.control().invoke(Caller.OPERATOR, "audit", "list", query)).getJsonArray("lines").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    @Test
    void anEventThatOnlyItsOwnNodeAllowsIsALineOfTheOther() {
        try (ClusteredKernels nodes = new ClusteredKernels("audit-test", folder)) {
            Kernel here = nodes.start("here");
            Kernel there = nodes.start("there");
            ClusteredKernels.connect(here, there);
            ClusteredKernels.subscribe(there, "news.*");
            Caller eve = Caller.user("eve");
            here.grants().grant(eve, Permission.parse("event-publish:news.*"), "test", "");
            // A node learns of a subscription elsewhere some time after it was made.
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                await(here.endpoint(eve).events().publish("news.first", 1));
                return !denied(there).isEmpty();
            });
            JsonObject line = denied(there).get(0);
            assertEquals("event-publish news.first", line.getString("what") + " " + line.getString("target"));
            assertTrue(line.getString("why").startsWith("its message came over the bus"), line.encode());
            assertEquals(List.of(), denied(here));
        }
    }
}
