package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of a capability, as its handler sees it. */
public interface Call {

    /** The capability that is called. */
    String capability();

    /** {@link Trace#id}; empty where a test made the call. */
    default String id() {
        return "";
    }

    /** {@link Trace#cause}. */
    default Optional<String> cause() {
        return Optional.empty();
    }

    /** {@link Trace#headers}. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** On whose behalf: attested by the kernel, not by the sender. */
    Caller caller();

    /** The request: a payload, which the handler may keep, and which nobody can change; {@code copy()} makes JSON that one can. */
    @Nullable
    Object body();

    /**
     * The request as a JSON object.
     *
     * @throws CallException of kind {@link FailureKind#INVALID} where it is none
     */
    JsonObject json();

    /** When the caller gives up. */
    Instant deadline();

    /** How long until then; never negative. */
    Duration remaining();

    /** Completes when nobody waits for the answer any more: the deadline passed, or the caller was stopped or gave up. In the handler's slices. */
    Future<Void> cancelled();

    /**
     * Calls on behalf of this one, also from callbacks that run later: they wait no longer than its caller does, and end when it is given up.
     * Calls made while the handler runs, and while the answers of such calls are handled, do so by themselves.
     */
    Calls calls();

    /**
     * Whether the caller has been granted {@code permission}, for a plugin that acts on files, hosts or tables on behalf of
     * who calls it. Operator and host may do everything.
     */
    boolean callerMay(String permission);
}
