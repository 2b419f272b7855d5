package io.dataprism.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.messaging.RemoteCaller;
import io.dataprism.kernel.messaging.RemoteTrust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MemberTrustTest {
    private final Vertx vertx = Vertx.vertx();
    private final RemoteTrust trust = new MemberTrust("node-2"::equals, left -> left, joined -> () -> {});

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private Optional<Caller> callerOf(Map<String, String> headers) {
        DeliveryOptions options = new DeliveryOptions();
        headers.forEach(options::addHeader);
        vertx.eventBus()
                .consumer(
                        "who",
                        message -> message.reply(
                                trust.callerOf(message).map(Caller::toString).orElse(null)));
        Message<String> answer = await(vertx.eventBus().request("who", "x", options));
        return Optional.ofNullable(answer.body()).flatMap(RemoteCaller::read);
    }

    @Test
    void takesAMembersWord() {
        assertEquals(
                Optional.of(Caller.plugin(new PluginId("weather"))),
                callerOf(Map.of(RemoteTrust.NODE, "node-2", RemoteTrust.CALLER, "plugin:weather")));
    }

    @Test
    void refusesWhoIsNoMember() {
        assertEquals(
                Optional.empty(), callerOf(Map.of(RemoteTrust.NODE, "node-9", RemoteTrust.CALLER, "plugin:weather")));
    }

    @Test
    void refusesWhoSaysNothing() {
        assertEquals(Optional.empty(), callerOf(Map.of()));
    }

    @Test
    void refusesACallerThatCannotBe() {
        assertEquals(
                Optional.empty(), callerOf(Map.of(RemoteTrust.NODE, "node-2", RemoteTrust.CALLER, "plugin:../../x")));
    }
}
