package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.StreamReply;
import io.dataprism.kernel.permission.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that is answered with a stream. It is settled when the stream ends, and not when that begins: so its deadline, its end with caller or
 * receiver, its part in stopping and in chains of waiting calls are those of any call.
 */
final class StreamCall<T> extends CapabilityCall<T> {
    private final StreamOpening opening;
    private final Permission permission;
    private volatile long moved = System.nanoTime();
    private volatile @Nullable StreamProducer producer;

    StreamCall(CallRequest<T> request, PluginParty plugin, StreamOpening opening) {
        super(request, plugin);
        this.opening = opening;
        this.permission = Permission.call(request.plugin(), request.capability());
    }

    @Override
    StreamTerms terms() {
        return opening.terms();
    }

    /** Something came or was taken. */
    void moved() {
        moved = System.nanoTime();
    }

    @Override
    Permission streamed() {
        return permission;
    }

    @Override
    long due() {
        long idle = moved + opening.terms().idleNanos();
        return idle - deadline < 0 ? idle : deadline;
    }

    @Override
    Optional<CallException> lateness(long now) {
        return now - deadline >= 0 ? Optional.empty() : Optional.of(idle(what(), opening.terms(), isUnread()));
    }

    private boolean isUnread() {
        StreamProducer source = producer;
        return source != null && source.isStarved();
    }

    static CallException idle(String what, StreamTerms terms, boolean unread) {
        return new CallException(
                FailureKind.LATE,
                "The stream of " + what + " stood still for " + Duration.ofNanos(terms.idleNanos()) + ": "
                        + (unread
                                ? "nobody read what came. Close streams that are not read to the end."
                                : "its plugin gave nothing. Allow a longer idle limit, or look at what it is busy with."));
    }

    // --- in the receiver's slice

    @Override
    void accept(@Nullable Object value) {
        StreamReply reply = value instanceof StreamReply stream
                ? stream
                : StreamReply.ofAll(value == null ? List.of() : List.of(value));
        if (isSettled()) {
            StreamProducer.close(reply.source(), receiver(), what());
            settleWithNothing();
            return;
        }
        try {
            // Nothing is an answer, too, of which the contract speaks.
            Object head = value instanceof StreamReply || value == null ? taken(reply.head()) : null;
            StreamProducer source = new StreamProducer(this, reply.source(), opening, value instanceof StreamReply);
            producer = source;
            moved();
            opening.sink().opened(from.fit(head), source);
            source.begin();
        } catch (Throwable unfit) {
            StreamProducer.close(reply.source(), receiver(), what());
            throw unfit;
        }
    }

    /** Nobody waits any more. */
    @Override
    void stopped() {
        StreamProducer source = producer;
        if (source != null) {
            source.stop();
        }
    }

    /** The source is closed: the handler has nothing more to do for it. */
    void over(@Nullable Throwable failure) {
        if (failure == null) {
            settleWithNothing();
        } else {
            failWith(failure);
        }
    }

    @Override
    boolean tellsReceiver() {
        return true;
    }
}
