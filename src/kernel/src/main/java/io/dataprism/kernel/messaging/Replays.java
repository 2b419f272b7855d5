package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Publication;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.traffic.Reason;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters once more: each is a new message of its original sender, who must still be allowed to send it, to the one receiver that missed it. Its
 * cause is the dead letter, and its id says that it is a replay. What fails again is a dead letter again.
 */
final class Replays {
    private static final long WITHIN_NANOS = 30_000_000_000L;

    private final LocalMessaging messaging;

    Replays(LocalMessaging messaging) {
        this.messaging = messaging;
    }

    private Party waiting() {
        return messaging.edge().party();
    }

    private long id() {
        return MessageIds.replay(waiting().nextId());
    }

    Future<String> event(EventMessage dead, String receiver) {
        Marks marks = new Marks(id(), dead.id, Map.of());
        EventMessage again = new EventMessage(
                messaging, dead.topic, dead.body, dead.source, 0, marks.id(), marks.causeId(), marks.headers());
        return this.<Publication>tried(Subject.of(messaging, again, receiver), receiver, passed -> {
                    messaging.gate().require(dead.source, Permission.publish(dead.topic));
                    messaging.handles().require(passed.body(), dead.source);
                    return publish(dead, receiver, passed.body(), new Marks(marks.id(), dead.id, passed.headers()));
                })
                .compose(Replays::taken);
    }

    private Future<Publication> publish(EventMessage dead, String receiver, @Nullable Object body, Marks marks) {
        if (receiver.isEmpty()) {
            return messaging
                    .events()
                    .publish(dead.source, dead.topic, body, marks)
                    .future(waiting());
        }
        TopicSubscription[] receivers = Arrays.stream(
                        messaging.events().topics().subscriptions(dead.topic))
                .filter(subscription -> subscription.party.caller.label().equals(receiver))
                .toArray(TopicSubscription[]::new);
        List<DormantPlugin> asleep = messaging.events().asleep(dead.topic, receiver);
        if (receivers.length == 0 && asleep.isEmpty()) {
            throw new CallException(
                    FailureKind.NOT_RUNNING, "'" + receiver + "' does not subscribe to '" + dead.topic + "' now.");
        }
        EventMessage again = new EventMessage(
                messaging,
                dead.topic,
                body,
                dead.source,
                System.currentTimeMillis(),
                marks.id(),
                marks.causeId(),
                marks.headers());
        Delivered told = new Delivered();
        messaging.events().hand(again, receivers, asleep, told).wake();
        return told.future(waiting());
    }

    private static Future<String> taken(Publication publication) {
        return publication.refused().isEmpty()
                ? Future.succeededFuture(
                        publication.woken() > 0
                                ? "it waits for its receiver to start"
                                : publication.accepted() + " took it")
                : Future.failedFuture(new CallException(
                        publication.refused().get(0).kind(),
                        publication.refused().get(0).reason()));
    }

    Future<String> letter(String channel, Letter dead, String to, boolean asks) {
        Letter again = new Letter(
                messaging, dead.sender, dead.body, System.currentTimeMillis(), new Marks(id(), dead.id, Map.of()));
        LocalChannel found = messaging.channels().local(channel);
        if (found == null) {
            return Future.failedFuture(ChannelRouter.notAuthorized());
        }
        return tried(Subject.of(found, again, to, asks), to, passed -> {
            messaging.gate().require(dead.sender, Permission.channel(channel));
            Letter letter = again.with(passed.body(), passed.headers());
            // What the channel refuses is a dead letter by that.
            return Future.succeededFuture()
                    .compose(go -> asks
                            ? found.ask(waiting(), letter, to, WITHIN_NANOS).map("it was answered")
                            : found.post(waiting(), letter, to).map("its mailbox took it"));
        });
    }

    /** @param terms where it was answered with a stream: so it is again. Nobody reads an answer, or items, but it is told that they came */
    Future<String> call(
            Caller caller,
            String plugin,
            String capability,
            @Nullable Object body,
            Marks dead,
            @Nullable StreamTerms terms) {
        CountedStream counted = terms == null ? null : new CountedStream(terms);
        CallRequest<Object> request = new CallRequest<>(
                waiting(),
                caller,
                plugin,
                capability,
                body,
                WITHIN_NANOS,
                new Marks(id(), dead.id(), Map.of()),
                null,
                null,
                counted == null ? null : new StreamOpening(counted.terms(), counted),
                false);
        CallRouter calls = messaging.calls();
        Optional<CallException> denied = calls.denial(caller, plugin, capability);
        if (denied.isPresent()) {
            String why = String.valueOf(denied.get().getMessage());
            messaging.witness().died(request.subject(), plugin, Reason.REFUSED, why);
            return Future.failedFuture(denied.get());
        }
        return waiting()
                .passed(request.subject(), passed -> calls.call(request.with(passed)))
                .map(answered ->
                        counted == null ? "it was answered" : "it was answered with a stream of " + counted.count());
    }

    /** What is not even sent is a dead letter, too. */
    private <T> Future<T> tried(Subject subject, String receiver, Function<Subject, Future<T>> sending) {
        return waiting().passed(subject, passed -> {
            try {
                return sending.apply(passed);
            } catch (RuntimeException refused) {
                Reason reason = Witness.reasonOf(refused, false).orElse(Reason.REFUSED);
                messaging.witness().died(passed, receiver, reason, String.valueOf(refused.getMessage()));
                return Future.failedFuture(refused);
            }
        });
    }
}
