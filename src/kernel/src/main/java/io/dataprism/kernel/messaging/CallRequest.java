package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What a call is made from, now or once its plugin runs.
 *
 * @param from whom the answer goes to
 * @param caller on whose behalf; was allowed to call
 * @param body owned by the kernel
 * @param timeout in nanoseconds
 * @param id of its message
 * @param causeId of the message for which it is made
 * @param node which node's plugin is meant; null: this node's, and where it has none any other's
 * @param origin where it came from, when it came from another node
 * @param stream where its answer goes when that is to be a stream
 */
record CallRequest<T>(
        Party from,
        Caller caller,
        String plugin,
        String capability,
        @Nullable Object body,
        long timeout,
        long id,
        long causeId,
        @Nullable String node,
        @Nullable CallOrigin origin,
        @Nullable StreamOpening stream) {

    /** Of whichever node, from this one. */
    CallRequest(Party from, Caller caller, String plugin, String capability, @Nullable Object body, long timeout) {
        this(from, caller, plugin, capability, body, timeout, from.nextId(), from.handled(), null, null, null);
    }

    CapabilityCall<T> to(PluginParty found) {
        return stream == null ? new CapabilityCall<>(this, found) : new StreamCall<>(this, found, stream);
    }

    CallRequest<T> within(long nanos) {
        return new CallRequest<>(from, caller, plugin, capability, body, nanos, id, causeId, node, origin, stream);
    }

    /** For messages. */
    String what() {
        return "'" + capability + "' of plugin '" + plugin + "'";
    }
}
