package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Publication;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between the node that made a channel and the members of it on other nodes: what {@link Seats} sends, and how a member's node takes it. */
final class BusSeats {
    private static final Logger LOG = LoggerFactory.getLogger(BusSeats.class);
    private static final String ASKS = "asks";
    private static final long TAKEN_NANOS = 30_000_000_000L;

    private final LocalMessaging messaging;
    private final BusLink link;
    private final Addresses addresses;

    BusSeats(LocalMessaging messaging, BusLink link) {
        this.messaging = messaging;
        this.link = link;
        this.addresses = messaging.addresses();
    }

    /** Take what the channel's node sends to a member here. Completes once that node can. */
    Future<Void> seat(Member member, String secret) {
        return link.consume(member, addresses.seat(member.name(), secret), message -> seated(message, member));
    }

    private void seated(Message<Object> message, Member to) {
        Optional<Caller> caller = link.callerOf(message);
        if (caller.isEmpty()
                || !BusAccess.isFromWire(message)
                || !link.mayElseTold(message, caller.get(), Permission.channel(to.name()))) {
            link.refuse(message, ChannelRouter.notAuthorized());
            return;
        }
        link.answer(message, () -> take(message, caller.get(), to));
    }

    private Future<?> take(Message<Object> message, Caller from, Member to) {
        Object body = BusChannels.bodyOf(message);
        JsonObject envelope = (JsonObject) message.body();
        Letter letter = new Letter(messaging, from, body, envelope.getLong("timestamp"), link.marksOf(message));
        if (envelope.getBoolean(ASKS, false)) {
            return to.ask(link.party(), letter, BusLink.timeout(message));
        }
        Offer offer = Offer.to(link.party(), List.of(to), letter);
        return offer.isHere() ? taken(offer.here()) : offer.elsewhere().compose(BusSeats::taken);
    }

    private static Future<Void> taken(Optional<Publication.Refusal> refusal) {
        return refusal.isEmpty()
                ? Future.succeededFuture()
                : Future.failedFuture(
                        new CallException(refusal.get().kind(), refusal.get().reason()));
    }

    /** Send to a member on another node; completes once it has it. */
    <T> Future<T> toSeat(Party waiting, String channel, String secret, CallException nobody, Letter letter, String to) {
        return link.request(
                waiting,
                letter.sender,
                addresses.seat(channel, secret),
                BusChannels.what(to, channel),
                nobody,
                BusChannels.envelope(letter, to),
                TAKEN_NANOS,
                Marks.of(letter));
    }

    <T> Future<T> askSeat(
            Party asking, String channel, String secret, CallException nobody, Letter letter, String to, long timeout) {
        JsonObject envelope = BusChannels.envelope(letter, to).put(ASKS, true);
        return link.request(
                asking,
                letter.sender,
                addresses.seat(channel, secret),
                BusChannels.what(to, channel),
                nobody,
                envelope,
                timeout,
                Marks.of(letter));
    }

    /** A member here is gone: the channel's node need not send to it. */
    void vacated(Member member, String secret) {
        JsonObject request = new JsonObject().put("op", "vacate").put("seat", secret);
        link.<Object>request(
                        link.party(),
                        member.party.caller,
                        addresses.channel(member.name()),
                        BusChannels.what(member.label, member.name()),
                        ChannelRouter.notAuthorized(),
                        request,
                        TAKEN_NANOS,
                        Marks.now(link.party()))
                .onFailure(failure ->
                        LOG.debug("Channel '{}' was not told who is gone: {}", member.name(), failure.getMessage()));
    }
}
