package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Calls;
import io.dataprism.api.CircuitBreaker;
import io.dataprism.api.FailureKind;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.dataprism.kernel.traffic.Reason;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls, as one party makes them. */
final class CallsFacade implements Calls {
    private final Party party;
    private final Circuits circuits = new Circuits();
    private volatile @Nullable Allowed last;

    /** A capability that the gate allowed this party to call, as of one epoch of the grants. */
    private record Allowed(String plugin, String capability, long epoch) {}

    CallsFacade(Party party) {
        this.party = party;
    }

    @Override
    public <T> Future<T> call(String plugin, String capability, @Nullable Object request, CallOptions options) {
        return allowed(
                plugin,
                capability,
                request,
                null,
                options.breaker().isEmpty()
                        ? (owned, marks) -> made(plugin, capability, owned, options, marks)
                        : (owned, marks) -> guarded(plugin, capability, owned, options, marks));
    }

    /** What it called that failed lately. */
    List<CircuitState> circuits() {
        return circuits.states(System.nanoTime());
    }

    private <T> Future<T> made(
            String plugin, String capability, @Nullable Object owned, CallOptions options, Marks marks) {
        return options.retries() == 0 && options.cancelledBy() == null
                ? once(plugin, capability, owned, options, marks)
                : new CallAttempts<T>(party, plugin, capability, owned, options, null, marks).run();
    }

    /** Not where such calls failed lately. */
    private <T> Future<T> guarded(
            String plugin, String capability, @Nullable Object owned, CallOptions options, Marks marks) {
        CircuitBreaker rule = options.breaker().orElseThrow();
        String what = plugin
                + ':'
                + capability
                + options.node().map(node -> '@' + node).orElse("");
        long now = System.nanoTime();
        Circuits.Pass pass = circuits.pass(what, now);
        if (pass == null) {
            return party.failed(new CallException(
                    FailureKind.BUSY,
                    "DP-0669",
                    "'" + capability + "' of plugin '" + plugin
                            + "' was not called, since the last calls of it failed. It is tried again at "
                            + Instant.now().plusNanos(circuits.left(what, now)) + ".",
                    null));
        }
        return this.<T>made(plugin, capability, owned, options, marks)
                .onComplete(end -> circuits.ended(pass, end.cause(), rule, System.nanoTime()));
    }

    /** Most calls are made once, and end with their answer or deadline. */
    private <T> Future<T> once(
            String plugin, String capability, @Nullable Object owned, CallOptions options, Marks marks) {
        long nanos = Deadlines.nanos(options.timeout());
        String node = options.node().orElse(null);
        return party.messaging
                .calls()
                .call(new CallRequest<>(
                        party, party.caller, plugin, capability, owned, nanos, marks, node, null, null, false));
    }

    @Override
    public <T> Future<StreamReader<T>> stream(
            String plugin, String capability, @Nullable Object request, StreamOptions options) {
        return allowed(
                plugin,
                capability,
                request,
                StreamTerms.of(options),
                (owned, marks) -> streamed(plugin, capability, owned, options, marks));
    }

    private <T> Future<StreamReader<T>> streamed(
            String plugin, String capability, @Nullable Object owned, StreamOptions options, Marks marks) {
        if (!party.streams.begin()) {
            return party.failed(party.streams.tooMany(party.caller));
        }
        StreamTerms terms = StreamTerms.of(options);
        StreamConsumer<T> consumer = new StreamConsumer<>(party, terms);
        CallAttempts<Void> call = new CallAttempts<>(
                party, plugin, capability, owned, options.call(), new StreamOpening(terms, consumer), marks);
        consumer.follow(call.run().onComplete(over -> party.streams.end()), call::giveUp);
        return consumer.opening();
    }

    /** @param terms of a stream; null: it is to have a single answer */
    private <T> Future<T> allowed(
            String plugin, String capability, @Nullable Object request, @Nullable StreamTerms terms, Making<T> making) {
        try {
            // Reading the request runs the caller's objects, for as long as they like: what was allowed before may not
            // be any more.
            Object owned = party.take(request);
            if (party.isClosed()) {
                return party.failed(party.callerEnded());
            }
            Optional<CallException> denied = denial(plugin, capability);
            return denied.isPresent()
                    ? refused(plugin, capability, owned, terms, denied.get())
                    : passed(plugin, capability, owned, terms, making);
        } catch (RuntimeException unfit) {
            SafeFailure why = SafeFailure.copy(unfit);
            return party.failed(new CallException(FailureKind.INVALID, why.code(), why.text(), why));
        }
    }

    /** Makes what was allowed. */
    @FunctionalInterface
    private interface Making<T> {
        Future<T> make(@Nullable Object owned, Marks marks);
    }

    private <T> Future<T> passed(
            String plugin, String capability, @Nullable Object owned, @Nullable StreamTerms terms, Making<T> making) {
        Marks marks = party.marks(SentCounts.Kind.CALL);
        if (!party.isIntercepted()) {
            return making.make(owned, marks);
        }
        Subject subject = CallRequest.subject(party.messaging, party.caller, plugin, capability, owned, marks, terms);
        return party.pass(
                subject,
                passed -> making.make(passed.body(), new Marks(marks.id(), marks.causeId(), passed.headers())));
    }

    private <T> Future<T> refused(
            String plugin, String capability, @Nullable Object owned, @Nullable StreamTerms terms, CallException why) {
        // Names that nobody can have are an error of who wrote them, not a message.
        if (why.kind() == FailureKind.DENIED) {
            Subject subject =
                    CallRequest.subject(party.messaging, party.caller, plugin, capability, owned, party.marks(), terms);
            party.messaging.witness().died(subject, plugin, Reason.REFUSED, String.valueOf(why.getMessage()));
        }
        return party.failed(why);
    }

    private Optional<CallException> denial(String plugin, String capability) {
        long epoch = party.messaging.gate().epoch();
        Allowed known = last;
        if (known != null
                && known.epoch == epoch
                && known.capability.equals(capability)
                && known.plugin.equals(plugin)) {
            return Optional.empty();
        }
        Optional<CallException> denied = party.messaging.calls().denial(party.caller, plugin, capability);
        if (denied.isEmpty()) {
            last = new Allowed(plugin, capability, epoch);
        }
        return denied;
    }
}
