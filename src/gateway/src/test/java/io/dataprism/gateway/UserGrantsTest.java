package io.dataprism.gateway;

import static io.dataprism.gateway.BridgeClient.frame;
import static io.dataprism.gateway.BridgedKernel.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.permission.Grant;
import io.dataprism.kernel.permission.Permission;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration grants to users of the bridge, on a whole kernel. */
final class UserGrantsTest {
    private static final String ADA = "token-of-ada-12345";
    private static final String EVE = "token-of-eve-12345";
    private static final Caller USER = Caller.user("ada");
    private static final Permission PUBLISH = Permission.parse("event-publish:weather.*");

    private final Vertx vertx = Vertx.vertx();
    private final Kernel kernel = await(Kernel.create(vertx, KernelOptions.DEFAULT));

    @AfterEach
    void close() {
        await(kernel.close(Duration.ofSeconds(10)));
        await(vertx.close());
    }

    private static GatewayOptions options(int port) {
        JsonObject ada = new JsonObject()
                .put("user", "ada")
                .put("token", ADA)
                .put("grants", new JsonArray().add("event-publish:weather.*").add("event-subscribe:weather.**"));
        JsonObject eve = new JsonObject().put("user", "eve").put("token", EVE);
        return GatewayOptions.fromJson(new JsonObject()
                        .put("port", port)
                        .put("tokens", new JsonArray().add(ada).add(eve)))
                .orThrow();
    }

    private Gateway start() {
        return await(Gateway.start(vertx, kernel, options(0)));
    }

    private BridgeClient client(Gateway gateway, String token) {
        return BridgeClient.connect(vertx, gateway.port(), "/eventbus?token=" + token);
    }

    private List<String> grantedBy() {
        return kernel.grants().grants(USER).stream().map(Grant::by).sorted().toList();
    }

    @Test
    void aUserMayWhatItsEntryGrantsAndNothingElse() throws Exception {
        Gateway gateway = start();
        BridgeClient ada = client(gateway, ADA);
        ada.send(frame("register", "event:weather.**"));
        ada.send(frame("publish", "event:weather.update").put("body", 21));
        assertEquals(21, ada.next().getInteger("body"));
        ada.send(frame("publish", "event:news.update").put("body", 1));
        JsonObject denied = ada.next();
        assertEquals("err", denied.getString("type"), denied::encode);
        BridgeClient eve = client(gateway, EVE);
        eve.send(frame("register", "event:weather.**"));
        assertEquals("err", eve.next().getString("type"));
        await(gateway.close());
    }

    @Test
    void whoMayConnectAndWhoMayNotIsInTheAuditLog(@TempDir Path folder) throws Exception {
        Vertx other = Vertx.vertx();
        try {
            Kernel kept = await(Kernel.create(other, KernelOptions.DEFAULT.withDataFolder(folder)));
            Gateway gateway = await(Gateway.start(other, kept, options(0)));
            assertThrows(CompletionException.class, () -> client(gateway, "a-token-of-nobody"));
            BridgeClient eve = client(gateway, EVE);
            eve.send(frame("register", "event:weather.**"));
            assertEquals("err", eve.next().getString("type"));
            await(gateway.close());
            JsonObject listed = await(kept.control().invoke(Caller.OPERATOR, "audit", "list", new JsonObject()));
            List<String> lines = listed.getJsonArray("lines").stream()
                    .map(JsonObject.class::cast)
                    .map(line -> line.getString("who") + ":" + line.getString("id", "") + " " + line.getString("what")
                            + " " + line.getString("target", "") + " " + line.getString("decision"))
                    .toList();
            assertTrue(lines.contains("conf: grant user:ada event-publish:weather.* done"), lines.toString());
            assertTrue(lines.contains("user: bridge-connect from 127.0.0.1 denied"), lines.toString());
            assertTrue(lines.contains("user:eve event-subscribe weather.** denied"), lines.toString());
            assertTrue(lines.contains("conf: grant-ended user:ada event-publish:weather.* done"), lines.toString());
            assertTrue(listed.encode().contains("whose tokens are taken: ada, eve"), listed.encode());
            assertFalse(listed.encode().contains(EVE), "tokens");
        } finally {
            await(other.close());
        }
    }

    @Test
    void aGrantThatIsRevokedEndsWhatStoodOnIt() throws Exception {
        Gateway gateway = start();
        BridgeClient ada = client(gateway, ADA);
        ada.send(frame("publish", "event:weather.update").put("body", 1));
        ada.send(frame("register", "event:weather.**"));
        ada.send(frame("publish", "event:weather.update").put("body", 2));
        assertEquals(2, ada.next().getInteger("body"));
        assertTrue(kernel.grants().revoke(USER, PUBLISH));
        ada.send(frame("publish", "event:weather.update").put("body", 3));
        assertEquals("err", ada.next().getString("type"));
        await(gateway.close());
    }

    @Test
    void grantsOfTheConfigurationEndWithTheGatewayAndOthersStay() {
        Gateway gateway = start();
        assertEquals(List.of("configuration", "configuration"), grantedBy());
        kernel.grants().grant(USER, PUBLISH, "operator", "for good");
        await(gateway.close());
        assertEquals(List.of("operator"), grantedBy());
        await(start().close());
        assertEquals(List.of("operator"), grantedBy());
    }

    @Test
    void aGatewayThatCannotListenGrantsNothing() {
        Gateway first = await(Gateway.start(
                vertx,
                kernel,
                GatewayOptions.onLoopback(BridgeUsers.of(java.util.Map.of("bob", "token-of-bob-12345")))));
        assertThrows(CompletionException.class, () -> await(Gateway.start(vertx, kernel, options(first.port()))));
        assertEquals(List.of(), grantedBy());
        await(first.close());
    }
}
