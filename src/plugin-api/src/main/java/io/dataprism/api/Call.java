package io.dataprism.api;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One call of a capability, as its handler sees it. */
public interface Call {

    /** The capability that is called. */
    String capability();

    /** On whose behalf: attested by the kernel, not by the sender. */
    Caller caller();

    /** The request: a payload, which the handler may keep; a mutable one is this handler's own copy. */
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

    /**
     * Whether the caller has been granted {@code permission}, for a plugin that acts on files, hosts or tables on behalf of
     * who calls it. Operator and host may do everything.
     */
    boolean callerMay(String permission);
}
