package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Channels between mailboxes and the bus: each member is at {@code channel:<name>:<to>}, and participants without an endpoint are reached
 * there. In a cluster the node that made a channel answers at {@code channel:<name>} for members on others.
 */
final class BusChannels {
    private static final String MESSAGE = "message";
    private static final long EXISTS_NANOS = 5_000_000_000L;

    private final LocalMessaging messaging;
    private final BusLink link;
    private final Addresses addresses;
    private final BusSeats seats;

    BusChannels(LocalMessaging messaging, BusLink link) {
        this.messaging = messaging;
        this.link = link;
        this.addresses = messaging.addresses();
        this.seats = new BusSeats(messaging, link);
    }

    BusSeats seats() {
        return seats;
    }

    // --- members of this node

    void joined(Member member) {
        String address = addresses.channel(member.name(), member.label);
        link.consume(member, address, message -> spoken(message, member));
    }

    void left(Member member) {
        link.unregister(member);
    }

    /** Host code on the raw bus speaks to a member. */
    private void spoken(Message<Object> message, Member to) {
        Optional<Caller> caller = link.callerOf(message);
        if (caller.isEmpty()) {
            link.refuse(message, ChannelRouter.notAuthorized());
            return;
        }
        if (message.replyAddress() == null) {
            link.answer(message, () -> spoken(letter(message, caller.get()), to));
        } else {
            link.answer(message, () -> asked(letter(message, caller.get()), to, BusLink.timeout(message)));
        }
    }

    private Future<Void> spoken(Letter letter, Member to) {
        return link.party()
                .passed(
                        Subject.of(to.channel(), letter, to.label, false),
                        passed -> to.channel().spoken(link.party(), letter.with(passed.body(), passed.headers()), to));
    }

    private <T> Future<T> asked(Letter letter, Member to, long timeout) {
        return link.party()
                .passed(
                        Subject.of(to.channel(), letter, to.label, true),
                        passed -> to.channel()
                                .asked(link.party(), letter.with(passed.body(), passed.headers()), to, timeout));
    }

    private Letter letter(Message<?> message, Caller from) {
        return letter(message, from, bodyOf(message));
    }

    private Letter letter(Message<?> message, Caller from, @Nullable Object body) {
        return new Letter(messaging, from, body, System.currentTimeMillis(), link.marksOf(message));
    }

    static @Nullable Object bodyOf(Message<?> message) {
        if (message.body() instanceof JsonObject envelope && envelope.containsKey(MESSAGE)) {
            return Payloads.take(envelope.getValue(MESSAGE));
        }
        throw new PluginException(
                "DP-0410",
                "A channel message on the bus is an object with the field 'message'; the kernel fills in from, to and timestamp.");
    }

    // --- participants without an endpoint on this node

    /** What became of a message to somebody who has not joined. */
    enum Posted {
        TAKEN,
        NOBODY,
        /** Nobody listens on this node; {@link #postElsewhere} knows of others. */
        MAYBE_ELSEWHERE
    }

    /** Send to whoever listens on the raw bus for a participant who has not joined. */
    Posted post(String channel, Letter letter, String to) {
        String address = addresses.channel(channel, to);
        if (!BusBody.fits(letter.body) || !link.mayBeHeard(address)) {
            return Posted.NOBODY;
        }
        if (!link.isHeardHere(address)) {
            return Posted.MAYBE_ELSEWHERE;
        }
        publish(address, letter, to);
        return Posted.TAKEN;
    }

    private void publish(String address, Letter letter, String to) {
        DeliveryOptions stamped = link.stamped(letter.sender, Marks.of(letter));
        link.publish(address, envelope(letter, to), stamped);
    }

    /** The same where he may listen on another node; tells {@code waiting} whether anybody does. */
    Future<Boolean> postElsewhere(Party waiting, String channel, Letter letter, String to) {
        String address = addresses.channel(channel, to);
        Promise<Boolean> heard = waiting.promise();
        link.isHeard(address)
                .onSuccess(somewhere -> {
                    if (somewhere) {
                        publish(address, letter, to);
                    }
                })
                .onComplete(heard);
        return heard.future();
    }

    /**
     * Throw where {@link #request} can't reach anybody.
     *
     * @throws CallException as its future would fail
     */
    void requireAnybody(String channel, Letter letter, String to) {
        if (!link.mayBeHeard(addresses.channel(channel, to))) {
            throw notThere(what(to, channel));
        }
        BusBody.whyNot(letter.body).ifPresent(why -> {
            throw new CallException(FailureKind.INVALID, why);
        });
    }

    /** Ask whoever listens on the raw bus for a participant who has not joined. */
    <T> Future<T> request(String channel, Party asking, Letter letter, String to, long timeout) {
        String what = what(to, channel);
        return link.request(
                asking,
                letter.sender,
                addresses.channel(channel, to),
                what,
                notThere(what),
                envelope(letter, to),
                timeout,
                Marks.of(letter));
    }

    static String what(String to, String channel) {
        return "'" + to + "' in channel '" + channel + "'";
    }

    private static CallException notThere(String what) {
        return new CallException(FailureKind.NOT_RUNNING, what + " was admitted but has not joined.");
    }

    static JsonObject envelope(Letter letter, String to) {
        return new JsonObject()
                .put("from", letter.from)
                .put("to", to)
                .put(MESSAGE, SharedRecord.json(letter.body))
                .put("timestamp", letter.millis);
    }

    // --- between nodes

    boolean reachElsewhere() {
        return link.isClustered();
    }

    /** A channel was made here: members on other nodes speak to this one. */
    void opened(LocalChannel channel) {
        if (link.isClustered()) {
            link.consume(channel, addresses.channel(channel.name()), message -> controlled(message, channel));
        }
    }

    void closed(LocalChannel channel) {
        link.unregister(channel);
    }

    /** Whether another node has a channel of this name. */
    Future<Boolean> existsElsewhere(Party party, String name) {
        return this.<JsonObject>control(party, name, new JsonObject().put("op", "exists"), EXISTS_NANOS)
                .map(true)
                .recover(failure -> isNotAuthorized(failure) ? party.succeeded(false) : party.failed(failure));
    }

    /** So it is when no node answers for the name. */
    private static boolean isNotAuthorized(Throwable failure) {
        return failure instanceof PluginException known
                && known.code().equals(ChannelRouter.notAuthorized().code());
    }

    /** Ask the node that made the channel. */
    <T> Future<T> control(Party party, String name, JsonObject request, long timeout) {
        return control(party, name, request, timeout, Marks.now(party));
    }

    /** The same for what has its id already. */
    <T> Future<T> control(Party party, String name, JsonObject request, long timeout, Marks marks) {
        String what = "channel '" + name + "'";
        return link.request(
                party,
                party.caller,
                addresses.channel(name),
                what,
                ChannelRouter.notAuthorized(),
                request,
                timeout,
                marks);
    }

    private void controlled(Message<Object> message, LocalChannel channel) {
        Optional<Caller> caller = link.callerOf(message);
        if (caller.isEmpty() || !BusAccess.isFromWire(message) || !(message.body() instanceof JsonObject request)) {
            link.refuse(message, ChannelRouter.notAuthorized());
            return;
        }
        if ("exists".equals(request.getValue("op"))) {
            BusLink.replyWith(message, new JsonObject());
            return;
        }
        boolean allowed = link.mayElseTold(message, caller.get(), Permission.channel(channel.name()))
                && channel.admits(caller.get());
        if (!allowed) {
            link.refuse(message, ChannelRouter.notAuthorized());
            return;
        }
        link.answer(message, () -> control(channel, caller.get(), request, message));
    }

    private Future<Object> control(LocalChannel channel, Caller caller, JsonObject request, Message<?> message) {
        Letter letter = letter(message, caller, Payloads.take(request.getValue(MESSAGE)));
        String to = String.valueOf(request.getValue("to"));
        String who = String.valueOf(request.getValue("who"));
        switch (String.valueOf(request.getValue("op"))) {
            case "join" -> channel.seat(caller, request.getString("seat"));
            case "vacate" -> channel.vacate(caller, request.getString("seat"));
            case "admit" -> channel.admit(caller, who);
            case "expel" -> channel.expel(caller, who);
            case "leave" -> channel.withdraw(caller.label()).forEach(Member::end);
            case "close" -> channel.close(caller);
            case "send" -> {
                return channel.post(link.party(), letter, to, false).map(sent -> participants(channel));
            }
            case "broadcast" -> {
                return channel.broadcast(link.party(), letter, false).map(RemoteChannel::json);
            }
            case "request" -> {
                return channel.ask(link.party(), letter, to, BusLink.timeout(message), false);
            }
            default -> throw new PluginException("DP-0410", "Unknown operation on channel '" + channel.name() + "'.");
        }
        return Future.succeededFuture(participants(channel));
    }

    private static JsonObject participants(LocalChannel channel) {
        return new JsonObject().put("participants", new JsonArray(List.copyOf(channel.participants())));
    }
}
