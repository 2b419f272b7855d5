package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;

/** An answer that comes over the bus from another node. */
class RemoteReply<T> extends PendingReply<T> {
    private final String what;
    private final String address;
    private final PluginException nobody;
    private final long began = System.nanoTime();

    /** @param nobody the failure when no node consumes {@code address} */
    RemoteReply(Party from, String what, String address, PluginException nobody, long timeout, Marks marks) {
        super(from, from, null, timeout, marks.id(), marks.causeId());
        this.what = what;
        this.address = address;
        this.nobody = nobody;
    }

    /** Where it was asked for. */
    String address() {
        return address;
    }

    /** The answer came, or why there is none. On the link's context. */
    void received(Future<Message<Object>> answer) {
        follow(answer.map(message -> Payloads.take(message.body())));
    }

    /** No member is left that could answer: since {@code departure}, a time of the clock, nobody can have got it. */
    final void leftAlone(long departure) {
        boolean cameTooLate = began - departure > 0;
        fail(cameTooLate && nobody instanceof CallException none ? none : departed());
    }

    private CallException departed() {
        return new CallException(
                FailureKind.CANCELLED,
                "The node that was asked for " + what
                        + " has left the cluster before it answered. It may have been done; look, or ask again.");
    }

    /** The failure when no node consumes the address. */
    final PluginException nobody() {
        return nobody;
    }

    @Override
    final String what() {
        return what;
    }

    @Override
    final Future<?> handle() {
        throw new IllegalStateException("It is handled elsewhere.");
    }
}
