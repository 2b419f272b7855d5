package io.dataprism.kernel.messaging;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Calls;
import io.dataprism.api.CapabilityHandler;
import io.dataprism.api.FailureKind;
import io.dataprism.api.StreamReply;
import io.dataprism.kernel.permission.Permission;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call of a capability, on its way there and back. */
class CapabilityCall<T> extends PendingReply<T> {
    private final PluginParty plugin;
    private final Caller caller;
    private final String capability;
    private final @Nullable Object owned;
    private final @Nullable CallOrigin origin;
    private final boolean tried;
    private final Map<String, String> headers;

    CapabilityCall(CallRequest<T> request, PluginParty plugin) {
        this(request, plugin, plugin.fit(request.body()));
    }

    private CapabilityCall(CallRequest<T> request, PluginParty plugin, @Nullable Object body) {
        super(request.from(), plugin, body, request.timeout(), request.id(), request.causeId());
        this.plugin = plugin;
        this.caller = request.caller();
        this.capability = request.capability();
        this.owned = body;
        this.origin = request.origin();
        this.tried = request.tried();
        this.headers = request.marks().headers();
    }

    @Override
    @Nullable
    CallOrigin origin() {
        return origin;
    }

    @Override
    String what() {
        return "'" + capability + "' of plugin '" + plugin.id() + "'";
    }

    @Override
    String where() {
        return "capability " + capability;
    }

    @Override
    Future<?> handle() throws Exception {
        CapabilityHandler handler = plugin.handler(capability).orElse(null);
        if (handler == null) {
            throw CallRouter.noSuchCapability(plugin, capability);
        }
        ContractGate.requireRequest(plugin.contracts(), caller, isFromHere(), capability, owned);
        return handler.handle(new View());
    }

    @Override
    void failed(Throwable why, boolean handled) {
        if (!tried && !isCallersDoing(why)) {
            Subject subject = CallRequest.subject(
                    plugin.messaging,
                    caller,
                    plugin.id().value(),
                    capability,
                    owned,
                    new Marks(id, causeId, headers),
                    terms());
            plugin.messaging.witness().buryCall(subject, plugin.id().value(), why, handled);
        }
    }

    /** Of the stream that is to answer it; null: a single answer is. */
    @Nullable
    StreamTerms terms() {
        return null;
    }

    @Override
    Caller answersTo() {
        return caller;
    }

    @Override
    void accept(@Nullable Object value) {
        if (value instanceof StreamReply stream) {
            StreamProducer.close(stream.source(), plugin, what());
            throw new CallException(
                    FailureKind.INVALID,
                    "DP-0440",
                    what()
                            + " answers with a stream, but was called for a single answer. Read it with calls().stream(…).",
                    null);
        }
        super.accept(value);
    }

    /** What goes to the caller for {@code item} of a stream, owned by the kernel. In the receiver's slice. */
    final Object takenItem(Object item, boolean described) {
        Object taken = plugin.take(item);
        if (taken == null) {
            throw new CallException(FailureKind.FAILED, what() + " streamed nothing as an item.");
        }
        ContractGate.requireItem(plugin.contracts(), isFromHere(), capability, taken, described);
        plugin.messaging.handles().pass(taken, plugin.caller, caller);
        Object fit = from.fit(taken);
        return fit == null ? taken : fit;
    }

    @Override
    void requireFit(@Nullable Object answer) {
        ContractGate.requireResponse(plugin.contracts(), isFromHere(), capability, answer);
    }

    /** Whether it was a plugin of this node that called, for itself. */
    private boolean isFromHere() {
        return from.caller.equals(caller) && caller.kind() == Caller.Kind.PLUGIN;
    }

    /** What the handler sees. */
    private final class View implements Call, WorkedFor {
        private final @Nullable Object body = Payloads.give(owned);

        @Override
        public String capability() {
            return capability;
        }

        @Override
        public String id() {
            return plugin.messaging.ids().text(id);
        }

        @Override
        public Optional<String> cause() {
            return plugin.messaging.ids().textOf(causeId);
        }

        @Override
        public Map<String, String> headers() {
            return headers;
        }

        @Override
        public Caller caller() {
            return caller;
        }

        @Override
        public @Nullable Object body() {
            return body;
        }

        @Override
        public JsonObject json() {
            if (body instanceof JsonObject object) {
                return object;
            }
            throw new CallException(
                    FailureKind.INVALID,
                    "A call of " + what() + " needs a JSON object, but got "
                            + (body == null ? "nothing" : "a " + body.getClass().getSimpleName()) + ".");
        }

        @Override
        public Instant deadline() {
            return Instant.now().plus(remaining());
        }

        @Override
        public Duration remaining() {
            return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        }

        @Override
        public Future<Void> cancelled() {
            return CapabilityCall.this.cancelled();
        }

        @Override
        public <R, E extends Exception> R onBehalf(Work<R, E> work) throws E {
            PendingReply<?> before = plugin.workFor(CapabilityCall.this);
            long message = plugin.handles(id);
            try {
                return work.done();
            } finally {
                plugin.workFor(before);
                plugin.handles(message);
            }
        }

        @Override
        public Calls calls() {
            return new CallsOnBehalf(plugin, CapabilityCall.this);
        }

        @Override
        public boolean callerMay(String permission) {
            return plugin.messaging.gate().may(caller, Permission.parse(permission));
        }
    }
}
