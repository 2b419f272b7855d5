package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.kernel.traffic.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a call is made from, now or once its plugin runs.
 *
 * @param from whom the answer goes to
 * @param caller on whose behalf; was allowed to call
 * @param body owned by the kernel
 * @param timeout in nanoseconds
 * @param marks its id, of the message for which it is made, and headers
 * @param node which node's plugin is meant; null: this node's, and where it has none any other's
 * @param origin where it came from, when it came from another node
 * @param stream where its answer goes when that is to be a stream
 * @param tried whether whoever makes it knows what becomes of it, and may make it again
 */
record CallRequest<T>(
        Party from,
        Caller caller,
        String plugin,
        String capability,
        @Nullable Object body,
        long timeout,
        Marks marks,
        @Nullable String node,
        @Nullable CallOrigin origin,
        @Nullable StreamOpening stream,
        boolean tried) {

    /** Of whichever node, from this one. */
    CallRequest(Party from, Caller caller, String plugin, String capability, @Nullable Object body, long timeout) {
        this(from, caller, plugin, capability, body, timeout, from.marks(), null, null, null, false);
    }

    CapabilityCall<T> to(PluginParty found) {
        return stream == null ? new CapabilityCall<>(this, found) : new StreamCall<>(this, found, stream);
    }

    CallRequest<T> within(long nanos) {
        return new CallRequest<>(from, caller, plugin, capability, body, nanos, marks, node, origin, stream, tried);
    }

    long id() {
        return marks.id();
    }

    long causeId() {
        return marks.causeId();
    }

    /** The same call as interceptors want it. */
    CallRequest<T> with(Subject passed) {
        Marks more = new Marks(marks.id(), marks.causeId(), passed.headers());
        return new CallRequest<>(
                from, caller, plugin, capability, passed.body(), timeout, more, node, origin, stream, tried);
    }

    Subject subject() {
        return subject(from.messaging, caller, plugin, capability, body, marks, stream == null ? null : stream.terms());
    }

    /** @param terms of the stream that is to answer it; null: a single answer is */
    static Subject subject(
            LocalMessaging messaging,
            Caller caller,
            String plugin,
            String capability,
            @Nullable Object body,
            Marks marks,
            @Nullable StreamTerms terms) {
        return new Subject(
                Kind.CALL,
                marks.id(),
                marks.causeId(),
                caller,
                "plugin:" + plugin + ":" + capability,
                body,
                marks.headers(),
                shown -> messaging
                        .calls()
                        .plugin(plugin)
                        .map(callee -> ContractGate.shown(callee.contracts().request(capability), shown)),
                () -> {
                    Object lasting = SharedRecord.json(body);
                    return () -> messaging.replays().call(caller, plugin, capability, lasting, marks, terms);
                });
    }

    /** What of an answer may be shown. */
    Witness.Answers answers() {
        return answer -> from.messaging
                .calls()
                .plugin(plugin)
                .map(callee -> ContractGate.shown(callee.contracts().response(capability), answer));
    }

    /** For messages. */
    String what() {
        return "'" + capability + "' of plugin '" + plugin + "'";
    }
}
