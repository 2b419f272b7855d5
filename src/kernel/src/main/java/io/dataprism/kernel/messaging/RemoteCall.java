package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call of a plugin on another node. */
class RemoteCall<T> extends RemoteReply<T> {
    private final RemoteCalls calls;
    private final String plugin;
    private final String callId;
    private volatile @Nullable String circle;

    /** @param nobody the failure when no node consumes {@code address} */
    RemoteCall(CallRequest<T> request, RemoteCalls calls, String address, PluginException nobody) {
        super(request.from(), request.what(), address, nobody, request.timeout(), request.marks());
        this.calls = calls;
        this.plugin = request.plugin();
        this.callId = calls.newId();
    }

    /** Unique among all nodes. */
    final String callId() {
        return callId;
    }

    @Override
    String awaited() {
        return plugin;
    }

    /** It is part of a circle that closes on another node. */
    void inCircle(String sentence) {
        circle = sentence;
    }

    Optional<String> circle() {
        return Optional.ofNullable(circle);
    }

    /** The node that works on it knows the deadline itself. */
    @Override
    void endedEarly(CallException why) {
        calls.forget(callId);
        if (why.kind() != FailureKind.LATE) {
            calls.gaveUp(callId);
        }
    }
}
