package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.SubscribeOptions;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A grant goes after the gate was asked and before what it allowed is in force. */
class RevokedMeanwhileTest {
    private final Node node = new Node();
    private final LocalMessaging messaging = (LocalMessaging) node.messaging;

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void aSubscriptionDoesNotOutliveItsGrant() throws Exception {
        Node.Plugin plugin = node.plugin("p", "event-subscribe:t").serve();
        node.grants.revoke(plugin.id, "event-subscribe:t");
        Party party = (Party) plugin.endpoint;
        assertThrows(
                PermissionDeniedException.class,
                () -> messaging.events().subscribe(party, "t", SubscribeOptions.DEFAULT, event -> {}));
        assertTrue(party.subscriptions.isEmpty());
        assertEquals(0, await(node.host().events().publish("t", 1)).accepted());
    }

    @Test
    void aMembershipDoesNotOutliveItsGrant() throws Exception {
        Node.Plugin owner = node.plugin("owner", "channel:room").serve();
        Node.Plugin guest = node.plugin("guest", "channel:room").serve();
        Member first = (Member) owner.run(() -> owner.endpoint.channels().create("room", Set.of("guest")));
        Party party = (Party) guest.endpoint;
        Member second = ((LocalChannel) first.channel()).join(party);
        node.grants.revoke(guest.id, "channel:room");
        assertThrows(PermissionDeniedException.class, () -> messaging.channels().joined(second));
        assertTrue(party.memberships.isEmpty());
        assertTrue(!second.isActive());
    }

    @Test
    void aChannelDoesNotOutliveItsCreatorsGrant() throws Exception {
        Node.Plugin owner = node.plugin("owner", "channel:room").serve();
        Member first = (Member) owner.run(() -> owner.endpoint.channels().create("room", Set.of()));
        node.grants.revoke(owner.id, "channel:room");
        assertThrows(PermissionDeniedException.class, () -> messaging.channels().joined(first));
        assertTrue(((Party) owner.endpoint).memberships.isEmpty());
    }
}
