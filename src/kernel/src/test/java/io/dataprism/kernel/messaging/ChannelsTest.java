package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Channel;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.dataprism.kernel.permission.Permission;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ChannelsTest {
    private final Node node = new Node();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Node.Plugin plugin(String name) throws Exception {
        return node.plugin(name, "channel").serve();
    }

    private static Channel create(Node.Plugin plugin, String name, String... participants) throws Exception {
        return plugin.run(() -> plugin.endpoint.channels().create(name, Set.of(participants)));
    }

    private static Channel join(Node.Plugin plugin, String name) throws Exception {
        return plugin.run(() -> plugin.endpoint.channels().join(name));
    }

    private static BlockingQueue<ChannelMessage> listen(Channel channel) {
        BlockingQueue<ChannelMessage> messages = new LinkedBlockingQueue<>();
        channel.onMessage(message -> {
            messages.add(message);
            return null;
        });
        return messages;
    }

    private static void notAuthorized(Executable action) {
        PluginException refused = assertThrows(PluginException.class, action);
        assertEquals("DP-0401", refused.code());
        assertEquals("Plugin not authorized for this channel", refused.getMessage());
    }

    @Test
    void aMessageCarriesFromToMessageAndTimestamp() throws Exception {
        Node.Plugin a = plugin("a");
        Node.Plugin b = plugin("b");
        Channel mine = create(a, "talk", "b");
        AtomicReference<Boolean> inSlice = new AtomicReference<>();
        BlockingQueue<ChannelMessage> got = new LinkedBlockingQueue<>();
        join(b, "talk").onMessage(message -> {
            inSlice.set(b.deployment.mailbox().inSlice());
            got.add(message);
            return null;
        });
        Instant before = Instant.now().minusMillis(1);
        a.run(() -> mine.send("b", new JsonObject().put("x", 1)));
        ChannelMessage message = next(got);
        assertEquals("talk", message.channel());
        assertEquals("a", message.from());
        assertEquals("b", message.to());
        assertEquals(new JsonObject().put("x", 1), message.message());
        assertTrue(message.timestamp().isAfter(before));
        assertEquals(true, inSlice.get());
        assertEquals(Set.of("a", "b"), mine.participants());
    }

    @Test
    void anExistingNameIsNeverReplaced() throws Exception {
        Node.Plugin a = plugin("a");
        Node.Plugin b = plugin("b");
        create(a, "talk", "b");
        assertEquals(
                "DP-0402",
                assertThrows(PluginException.class, () -> create(b, "talk")).code());
        assertEquals(
                "DP-0402",
                assertThrows(PluginException.class, () -> create(a, "talk")).code());
        assertEquals(
                "DP-0408",
                assertThrows(PluginException.class, () -> create(a, "No Name")).code());
    }

    @Test
    void whoeverIsNotAdmittedIsNotAuthorizedAsSenderOrReceiver() throws Exception {
        Node.Plugin a = plugin("a");
        Node.Plugin b = plugin("b");
        Node.Plugin c = plugin("c");
        Channel mine = create(a, "talk", "b");
        notAuthorized(() -> join(c, "talk"));
        notAuthorized(() -> join(c, "no-such-channel"));
        notAuthorized(() -> a.run(() -> mine.send("c", 1)));
        notAuthorized(() -> a.run(() -> mine.request("c", 1, CallOptions.DEFAULT)));
        Channel theirs = join(b, "talk");
        notAuthorized(() -> b.run(() -> theirs.admit("c")));
        notAuthorized(() -> b.run(() -> theirs.expel("a")));
        notAuthorized(() -> b.run(theirs::close));
        a.run(() -> mine.admit("c"));
        Channel late = join(c, "talk");
        BlockingQueue<ChannelMessage> got = listen(theirs);
        c.run(() -> late.send("b", "hi"));
        assertEquals("c", next(got).from());
        a.run(() -> mine.expel("c"));
        notAuthorized(() -> c.run(() -> late.send("b", "again")));
        notAuthorized(() -> a.run(() -> mine.send("c", 1)));
        notAuthorized(() -> join(c, "talk"));
    }

    @Test
    void aBroadcastReachesEverybodyButItsSender() throws Exception {
        Node.Plugin a = plugin("a");
        Channel mine = create(a, "talk", "b", "c", "absent");
        BlockingQueue<ChannelMessage> own = listen(mine);
        BlockingQueue<ChannelMessage> first = listen(join(plugin("b"), "talk"));
        BlockingQueue<ChannelMessage> second = listen(join(plugin("c"), "talk"));
        Publication publication = a.run(() -> mine.broadcast(new JsonObject().put("n", 1)));
        assertEquals(2, publication.accepted());
        assertEquals(1, publication.refused().size());
        assertEquals(
                Caller.plugin(new io.dataprism.api.PluginId("absent")),
                publication.refused().get(0).subscriber());
        JsonObject got = (JsonObject) next(first).message();
        assertThrows(UnsupportedOperationException.class, () -> got.put("n", 2));
        assertEquals(1, ((JsonObject) next(second).message()).getInteger("n"));
        a.run(() -> a.deployment.succeeded(null));
        assertTrue(own.isEmpty());
    }

    @Test
    void aRequestIsAnsweredByTheReceiversHandler() throws Exception {
        Node.Plugin a = plugin("a");
        Node.Plugin b = plugin("b");
        Channel mine = create(a, "talk", "b");
        Channel theirs = join(b, "talk");
        theirs.onMessage(message -> Future.succeededFuture(
                message.expectsReply() ? message.from() + " asked " + message.message() : "unused"));
        assertEquals("a asked why", a.run(() -> mine.<String>request("b", "why", CallOptions.DEFAULT)));
        Node.Plugin c = plugin("c");
        a.run(() -> mine.admit("c"));
        join(c, "talk").onMessage(message -> {
            throw new IllegalArgumentException("not that");
        });
        CallException failed =
                assertThrows(CallException.class, () -> a.run(() -> mine.request("c", 1, CallOptions.DEFAULT)));
        assertEquals(FailureKind.FAILED, failed.kind());
        assertTrue(failed.getMessage().contains("not that"));
    }

    @Test
    void messagesBeforeTheFirstHandlerWaitForIt() throws Exception {
        Node.Plugin a = plugin("a");
        Node.Plugin b = plugin("b");
        Channel mine = create(a, "talk", "b");
        Channel theirs = join(b, "talk");
        a.run(() -> mine.send("b", 1));
        Future<String> asked = a.start(() -> mine.request("b", 2, CallOptions.DEFAULT));
        a.run(() -> mine.send("b", 3));
        b.run(() -> b.deployment.succeeded(null));
        BlockingQueue<Object> got = new LinkedBlockingQueue<>();
        theirs.onMessage(message -> {
            got.add(message.message());
            return Future.succeededFuture("answer");
        });
        assertEquals(1, next(got));
        assertEquals(2, next(got));
        assertEquals(3, next(got));
        assertEquals("answer", await(asked));
    }

    @Test
    void aRequestToSomebodyWhoLeavesFailsAtOnce() throws Exception {
        Node.Plugin a = plugin("a");
        Node.Plugin b = plugin("b");
        Channel mine = create(a, "talk", "b");
        Promise<Object> never = Promise.promise();
        Channel theirs = join(b, "talk");
        theirs.onMessage(message -> never.future());
        Future<Object> asked = a.start(() -> mine.request("b", 1, CallOptions.DEFAULT));
        a.run(() -> a.deployment.succeeded(null));
        b.run(theirs::leave);
        assertEquals(
                FailureKind.CANCELLED,
                assertThrows(CallException.class, () -> await(asked)).kind());
        notAuthorized(() -> a.run(() -> mine.send("b", 1)));
    }

    @Test
    void closingEndsItForAllAndFreesTheName() throws Exception {
        Node.Plugin a = plugin("a");
        Node.Plugin b = plugin("b");
        Channel mine = create(a, "talk", "b");
        Channel theirs = join(b, "talk");
        a.run(mine::close);
        notAuthorized(() -> b.run(() -> theirs.send("a", 1)));
        notAuthorized(() -> a.run(() -> mine.send("b", 1)));
        create(b, "talk");
    }

    @Test
    void aPluginThatEndsLeavesItsChannelsAndClosesItsOwn() throws Exception {
        Node.Plugin a = plugin("a");
        Node.Plugin b = plugin("b");
        Channel mine = create(a, "talk", "b");
        join(b, "talk");
        await(b.endpoint.close());
        CallException gone = assertThrows(CallException.class, () -> a.run(() -> mine.send("b", 1)));
        assertEquals(FailureKind.NOT_RUNNING, gone.kind());
        await(a.endpoint.close());
        create(plugin("c"), "talk");
    }

    @Test
    void aChannelNeedsItsPermissionAndEndsWithIt() throws Exception {
        Node.Plugin none = node.plugin("none").serve();
        assertThrows(PermissionDeniedException.class, () -> create(none, "talk"));
        Node.Plugin a = plugin("a");
        Node.Plugin b = node.plugin("b", "channel:talk").serve();
        Channel mine = create(a, "talk", "b", "none");
        assertThrows(PermissionDeniedException.class, () -> join(none, "talk"));
        Channel theirs = join(b, "talk");
        b.run(() -> theirs.send("a", 1));
        node.grants.revoke(b.id, "channel:talk");
        notAuthorized(() -> b.run(() -> theirs.send("a", 1)));
        CallException gone = assertThrows(CallException.class, () -> a.run(() -> mine.send("b", 1)));
        assertEquals(FailureKind.NOT_RUNNING, gone.kind());
    }

    @Test
    void aFullMailboxIsSaidToTheSender() throws Exception {
        Node.Plugin a = plugin("a");
        Node.Plugin b = plugin("b");
        Channel mine = create(a, "talk", "b");
        join(b, "talk");
        Runnable release = b.block();
        Future<Void> last = mine.send("b", 1);
        while (last.succeeded()) {
            last = mine.send("b", 1);
        }
        assertEquals(FailureKind.BUSY, ((CallException) last.cause()).kind());
        release.run();
    }

    @Test
    void hostUsersAndOperatorTakePart() throws Exception {
        Node.Plugin a = plugin("a");
        Channel mine = create(a, "talk", "host", "user:ann");
        BlockingQueue<ChannelMessage> got = listen(mine);
        Channel host = await(node.host().channels().join("talk"));
        await(host.send("a", "from the host"));
        assertEquals("host", next(got).from());
        BlockingQueue<ChannelMessage> heard = listen(host);
        a.run(() -> mine.send("host", "back"));
        assertEquals("back", next(heard).message());
        Endpoint ann = node.messaging.endpoint(Caller.user("ann"));
        assertThrows(PermissionDeniedException.class, () -> await(ann.channels().join("talk")));
        node.grants.grant(Caller.user("ann"), Permission.parse("channel:talk"), "test", "");
        Channel hers = await(ann.channels().join("talk"));
        await(hers.send("a", "hello"));
        assertEquals("user:ann", next(got).from());
        Channel operator =
                await(node.messaging.endpoint(Caller.OPERATOR).channels().join("talk"));
        await(operator.expel("user:ann"));
        notAuthorized(() -> await(hers.send("a", "still here?")));
        await(operator.close());
        notAuthorized(() -> a.run(() -> mine.send("host", 1)));
    }

    @Test
    void whoJoinsAgainStaysInByTheSamePart() throws Exception {
        Node.Plugin a = plugin("a");
        create(a, "talk", "b");
        Node.Plugin b = plugin("b");
        Channel first = join(b, "talk");
        for (int i = 0; i < 100; i++) {
            assertSame(first, join(b, "talk"));
        }
        assertEquals(1, ((Party) b.endpoint).memberships.stream().count());
        b.run(first::leave);
        notAuthorized(() -> join(b, "talk"));
    }
}
