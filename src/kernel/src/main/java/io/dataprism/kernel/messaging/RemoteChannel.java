package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.dataprism.kernel.contract.BodyContract;
import io.dataprism.kernel.traffic.Outcome;
import io.dataprism.kernel.traffic.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One member's view of a channel that was made on another node. What it sends goes to that node, which checks who is admitted and passes it
 * on; what comes for it comes from there.
 */
final class RemoteChannel implements Conversation {
    private static final long CONTROL_NANOS = 30_000_000_000L;

    private final LocalMessaging messaging;
    private final String name;
    private final String secret = UUID.randomUUID().toString();
    private volatile Set<String> participants = Set.of();

    private RemoteChannel(LocalMessaging messaging, String name) {
        this.messaging = messaging;
        this.name = name;
    }

    /** Join a channel of another node; not authorized when no node has it. */
    static Future<Member> join(LocalMessaging messaging, Party party, String name) {
        RemoteChannel channel = new RemoteChannel(messaging, name);
        Member member = new Member(channel, party);
        Promise<Member> joined = party.promise();
        // The others know of the seat before the channel does, so that no message is early.
        messaging
                .edge()
                .channels()
                .seats()
                .seat(member, channel.secret)
                .compose(known -> channel.enter(party))
                .onSuccess(in -> party.take(member))
                .onFailure(refused -> member.end())
                .map(member)
                .onComplete(joined);
        return joined.future();
    }

    /** Tell the channel's node once more that {@code member}, who is in, is here: the channel may be another one of the same name. */
    static Future<Member> again(Member member, RemoteChannel channel) {
        return channel.enter(member.party).map(member).onFailure(refused -> channel.gone(member));
    }

    private Future<Void> enter(Party party) {
        return this.<JsonObject>control(
                        party, new JsonObject().put("op", "join").put("seat", secret), CONTROL_NANOS)
                .map(reply -> {
                    remember(reply.getJsonArray("participants"));
                    return null;
                });
    }

    private <T> Future<T> control(Party party, JsonObject request, long timeout) {
        return messaging.edge().channels().<T>control(party, name, request, timeout);
    }

    private void remember(JsonArray labels) {
        Set<String> known = new LinkedHashSet<>();
        labels.forEach(label -> known.add(String.valueOf(label)));
        participants = Collections.unmodifiableSet(known);
    }

    /** Its contract is known where it was made. */
    @Override
    public Optional<BodyContract.Shown> shown(@Nullable Object body) {
        return Optional.empty();
    }

    @Override
    public String name() {
        return name;
    }

    /** As of when this member joined, or last changed them. */
    @Override
    public Set<String> participants() {
        return participants;
    }

    @Override
    public Future<Void> send(Member from, String to, Letter letter) {
        Future<Void> sent = say(from.party, message("send", letter, to, false).put("to", to), letter, CONTROL_NANOS)
                .mapEmpty();
        return seen(letter, to, sent, none -> "");
    }

    @Override
    public Future<Publication> broadcast(Member from, Letter letter) {
        Future<Publication> sent = this.<JsonObject>say(
                        from.party, message("broadcast", letter, "*", false), letter, CONTROL_NANOS)
                .map(RemoteChannel::publication);
        return seen(letter, "*", sent, RemoteChannel::told);
    }

    /** The channel's node says what became of it, and sees it for each receiver; here it is seen once, when that is known. */
    private <T> Future<T> seen(Letter letter, String to, Future<T> sent, Function<T, String> detail) {
        Witness witness = messaging.witness();
        return witness.watches()
                ? sent.onComplete(end -> witness.sent(
                        Subject.of(this, letter, to, false),
                        end.succeeded() ? Outcome.TAKEN : refusal(end.cause()),
                        end.succeeded()
                                ? detail.apply(end.result())
                                : String.valueOf(end.cause().getMessage())))
                : sent;
    }

    /** What is no failure of a call is a refusal: of a channel that is none, or closed to who speaks. */
    private static Outcome refusal(Throwable why) {
        return why instanceof CallException ? Witness.outcomeOf(why) : Outcome.REFUSED;
    }

    private static String told(Publication publication) {
        String taken = publication.accepted() + " took it";
        int refused = publication.refused().size();
        return refused == 0 ? taken : taken + ", " + refused + " did not";
    }

    private <T> Future<T> say(Party party, JsonObject request, Letter letter, long timeout) {
        return messaging.edge().channels().control(party, name, request, timeout, Marks.of(letter));
    }

    private JsonObject message(String op, Letter letter, String to, boolean asks) {
        BusBody.whyNot(letter.body).ifPresent(why -> {
            throw refused(letter, to, asks, new CallException(FailureKind.INVALID, why));
        });
        return new JsonObject().put("op", op).put("message", SharedRecord.json(letter.body));
    }

    static JsonObject json(Publication publication) {
        JsonArray refused = new JsonArray();
        publication
                .refused()
                .forEach(refusal -> refused.add(new JsonObject()
                        .put("who", refusal.subscriber().label())
                        .put("kind", refusal.kind().name())
                        .put("reason", refusal.reason())));
        return new JsonObject().put("accepted", publication.accepted()).put("refused", refused);
    }

    private static Publication publication(JsonObject json) {
        return new Publication(
                json.getInteger("accepted"),
                json.getJsonArray("refused").stream()
                        .map(JsonObject.class::cast)
                        .map(refusal -> new Publication.Refusal(
                                Labels.caller(refusal.getString("who")),
                                FailureKind.valueOf(refusal.getString("kind")),
                                refusal.getString("reason")))
                        .toList());
    }

    @Override
    public <T> Future<T> request(Member from, String to, Letter letter, long timeout) {
        JsonObject request = message("request", letter, to, true).put("to", to);
        Witness witness = messaging.witness();
        if (!witness.watches()) {
            return say(from.party, request, letter, timeout);
        }
        Subject subject = Subject.of(this, letter, to, true);
        long began = System.nanoTime();
        witness.sent(subject, Outcome.TAKEN, "");
        return this.<T>say(from.party, request, letter, timeout)
                .onComplete(end -> witness.answered(subject, to, this::shown, began, end));
    }

    @Override
    public Future<Void> admit(Member by, String label) {
        return change(by, "admit", label);
    }

    @Override
    public Future<Void> expel(Member by, String label) {
        return change(by, "expel", label);
    }

    private Future<Void> change(Member by, String op, String label) {
        return this.<JsonObject>control(by.party, new JsonObject().put("op", op).put("who", label), CONTROL_NANOS)
                .map(reply -> {
                    remember(reply.getJsonArray("participants"));
                    return null;
                });
    }

    @Override
    public Future<Void> leave(Member member) {
        gone(member);
        return control(member.party, new JsonObject().put("op", "leave"), CONTROL_NANOS)
                .mapEmpty();
    }

    @Override
    public Future<Void> close(Member by) {
        return control(by.party, new JsonObject().put("op", "close"), CONTROL_NANOS)
                .mapEmpty();
    }

    @Override
    public void gone(Member member) {
        boolean wasIn = member.isActive();
        member.end();
        messaging.failRequestsTo(member);
        if (wasIn) {
            messaging.edge().channels().seats().vacated(member, secret);
        }
    }

    @Override
    public boolean endsWith(Party party) {
        return false;
    }

    @Override
    public void end() {
        throw new IllegalStateException("Channel '" + name + "' ends on the node that made it.");
    }

    /** Who speaks to a member speaks to the channel's node, which knows who is admitted; what that one lets through comes to the seat. */
    @Override
    public Future<Void> spoken(Party waiting, Letter letter, Member to) {
        throw refused(letter, to.label, false, ChannelRouter.notAuthorized());
    }

    @Override
    public <T> Future<T> asked(Party asking, Letter letter, Member to, long timeout) {
        throw refused(letter, to.label, true, ChannelRouter.notAuthorized());
    }

    /** {@code why}, once it is told of: nothing goes to the channel's node. */
    private PluginException refused(Letter letter, String to, boolean asks, PluginException why) {
        messaging
                .witness()
                .died(Subject.of(this, letter, to, asks), to, Reason.REFUSED, String.valueOf(why.getMessage()));
        return why;
    }
}
