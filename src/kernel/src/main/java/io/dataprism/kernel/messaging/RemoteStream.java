package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream of a plugin on another node, which sends its items to this node's own address, numbered, as far as it is told to go on. What comes is
 * handled on the link's context.
 */
final class RemoteStream<T> extends RemoteCall<T> implements StreamValve {
    private final RemoteStreams streams;
    private final StreamOpening opening;
    private final Permission permission;
    private volatile long moved = System.nanoTime();
    private volatile long allowed;
    private volatile long came;
    private volatile @Nullable String server;

    RemoteStream(
            CallRequest<T> request,
            RemoteCalls calls,
            RemoteStreams streams,
            String address,
            PluginException nobody,
            StreamOpening opening) {
        super(request, calls, address, nobody);
        this.streams = streams;
        this.opening = opening;
        this.allowed = opening.terms().items();
        this.permission = Permission.call(request.plugin(), request.capability());
    }

    @Override
    Permission streamed() {
        return permission;
    }

    /** Once the stream has begun, that of the node that streams: when it leaves, so does the stream. */
    @Override
    String address() {
        String from = server;
        return from == null ? super.address() : streams.addressOf(from);
    }

    @Override
    long due() {
        long idle = moved + opening.terms().idleNanos();
        return idle - deadline < 0 ? idle : deadline;
    }

    @Override
    Optional<CallException> lateness(long now) {
        boolean unread = came == allowed;
        return now - deadline >= 0 ? Optional.empty() : Optional.of(StreamCall.idle(what(), opening.terms(), unread));
    }

    @Override
    public void allow(long items, long takenBytes) {
        moved = System.nanoTime();
        allowed = Math.max(allowed, items);
        String to = server;
        if (to != null) {
            streams.allow(to, callId(), items, takenBytes);
        }
    }

    @Override
    void received(Future<Message<Object>> answer) {
        answer.onComplete(this::opened);
    }

    private void opened(AsyncResult<Message<Object>> answer) {
        if (answer.failed()) {
            follow(Future.failedFuture(answer.cause()));
            return;
        }
        Message<Object> message = answer.result();
        String node = message.headers().get(RemoteTrust.NODE);
        if (node == null || !message.headers().contains(StreamTerms.HEADER)) {
            fail(new CallException(
                    FailureKind.FAILED,
                    what() + " is on a node that does not stream yet. Install the same DataPrism there."));
            return;
        }
        moved = System.nanoTime();
        server = node;
        opening.sink().opened(Payloads.take(message.body()), this);
    }

    /** The item of that number came from {@code node}. */
    void item(String node, long number, Object owned) {
        if (isSettled() || !node.equals(server)) {
            return;
        }
        if (number != came) {
            fail(gap());
            return;
        }
        came = number + 1;
        moved = System.nanoTime();
        opening.sink().item(owned, Weights.ofMessage(owned));
    }

    /** It ended after so many items. */
    void ended(String node, long items, @Nullable PluginException failure) {
        if (!node.equals(server)) {
            return;
        }
        if (failure == null && items != came) {
            fail(gap());
        } else {
            follow(failure == null ? Future.succeededFuture() : Future.failedFuture(failure));
        }
    }

    private CallException gap() {
        return new CallException(
                FailureKind.FAILED, "Items of the stream of " + what() + " were lost on their way. Read it again.");
    }

    /** Its node can't know that nobody reads, whatever ended it here. */
    @Override
    void endedEarly(CallException why) {
        streams.forget(callId());
        super.endedEarly(new CallException(FailureKind.CANCELLED, String.valueOf(why.getMessage())));
    }
}
