package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.traffic.DeadLetter;
import io.dataprism.kernel.traffic.DeadLetters;
import io.dataprism.kernel.traffic.Kind;
import io.dataprism.kernel.traffic.Outcome;
import io.dataprism.kernel.traffic.Reason;
import io.dataprism.kernel.traffic.Sighting;
import io.dataprism.kernel.traffic.Watch;
import io.dataprism.kernel.traffic.WatchOptions;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a channel refuses is one line for who watches, and one dead letter, whoever sent it and by which way. */
class ChannelRefusalsTest {
    private final Node node = new Node();
    private final EventBus bus = node.vertx.eventBus();
    private final DeadLetters dead = node.messaging.deadLetters();
    private Node.Plugin a;
    private Node.Plugin b;
    private Channel ofA;
    private Channel ofB;
    private Watch watch;

    @BeforeEach
    void create() throws Exception {
        a = node.plugin("a", "channel").serve();
        b = node.plugin("b", "channel").serve();
        ofA = a.run(() -> a.endpoint.channels().create("talk", Set.of("b", "absent")));
        ofB = b.run(() -> b.endpoint.channels().join("talk"));
        ofB.onMessage(message -> Future.succeededFuture("well"));
        watch = node.messaging.traffic().watch("a test", WatchOptions.ALL.withPattern("channel:talk:*"), () -> {});
    }

    @AfterEach
    void close() throws Exception {
        watch.close();
        node.close();
    }

    /** The one line and the one dead letter that there are of what was refused. */
    private void refusedOnce(Kind kind, String from, String to, Reason reason) throws Exception {
        until(() -> !dead.all().isEmpty());
        // Behind all that could still come of it.
        assertEquals("well", a.run(() -> ofA.request("b", "marker", CallOptions.DEFAULT)));
        List<Sighting> lines = new ArrayList<>(watch.take(100));
        DeadLetter letter = dead.all().get(0);
        assertEquals(1, dead.all().size(), () -> dead.all().toString());
        assertEquals(kind, letter.kind());
        assertEquals(from, letter.from());
        assertEquals(to, letter.to());
        assertEquals(reason, letter.reason());
        lines.removeIf(line -> !line.id().equals(letter.id()));
        assertEquals(1, lines.size(), lines::toString);
        assertEquals(kind, lines.get(0).kind());
        assertEquals(Outcome.REFUSED, lines.get(0).outcome());
        assertEquals(from, lines.get(0).from());
    }

    private static JsonObject envelope() {
        return new JsonObject().put("message", "x");
    }

    private static void notAuthorized(org.junit.jupiter.api.function.Executable said) {
        assertEquals("DP-0401", assertThrows(PluginException.class, said).code());
    }

    @Test
    void whatHostCodeSendsThatIsNoParticipant() throws Exception {
        bus.send("channel:talk:b", envelope());
        refusedOnce(Kind.MESSAGE, "host", "channel:talk:b", Reason.REFUSED);
    }

    @Test
    void whatHostCodeAsksThatIsNoParticipant() throws Exception {
        assertThrows(ReplyException.class, () -> await(bus.request("channel:talk:b", envelope())));
        refusedOnce(Kind.REQUEST, "host", "channel:talk:b", Reason.REFUSED);
    }

    @Test
    void whatAPluginSendsToWhoIsNoParticipant() throws Exception {
        notAuthorized(() -> a.run(() -> ofA.send("c", "x")));
        refusedOnce(Kind.MESSAGE, "a", "channel:talk:c", Reason.REFUSED);
    }

    @Test
    void whatAPluginAsksWhoIsNoParticipant() throws Exception {
        notAuthorized(() -> a.run(() -> ofA.request("c", "x", CallOptions.DEFAULT)));
        refusedOnce(Kind.REQUEST, "a", "channel:talk:c", Reason.REFUSED);
    }

    @Test
    void whatAPluginAsksWhoHasNotJoined() throws Exception {
        assertThrows(CallException.class, () -> a.run(() -> ofA.request("absent", "x", CallOptions.DEFAULT)));
        refusedOnce(Kind.REQUEST, "a", "channel:talk:absent", Reason.UNDELIVERABLE);
    }

    @Test
    void whatIsSentByWhoWasExpelled() throws Exception {
        Node.Plugin c = node.plugin("c", "channel").serve();
        a.run(() -> ofA.admit("c"));
        Channel ofC = c.run(() -> c.endpoint.channels().join("talk"));
        a.run(() -> ofA.expel("c"));
        notAuthorized(() -> c.run(() -> ofC.send("b", "x")));
        refusedOnce(Kind.MESSAGE, "c", "channel:talk:b", Reason.REFUSED);
    }

    @Test
    void whatIsRefusedAgainWhenItIsReplayed() throws Exception {
        notAuthorized(() -> a.run(() -> ofA.request("c", "x", CallOptions.DEFAULT)));
        notAuthorized(() -> await(dead.replay(dead.all().get(0).number())));
        refusedOnce(Kind.REQUEST, "a", "channel:talk:c", Reason.REFUSED);
    }
}
