package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.vertx.core.eventbus.Message;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides who speaks in a message that came from another node. Such a message names its node in the header {@value #NODE} and its caller
 * in {@value #CALLER}; neither is proof, so the cluster's module installs what knows the members.
 */
@FunctionalInterface
public interface RemoteTrust {
    /** The label of the caller on whose behalf the other node sent it, see {@link RemoteCaller}. */
    String CALLER = "dp-caller";
    /** The name of the kernel node that sent it. */
    String NODE = "dp-node";

    /** Whom to take the sender for; empty refuses the message. */
    Optional<Caller> callerOf(Message<?> message);

    /**
     * Have {@code left} run each time that a node has left the others, so that nobody waits for its answers. On any thread; must be quick.
     *
     * @return ends it
     */
    default Runnable onDeparture(Runnable left) {
        return () -> {};
    }

    /**
     * Have {@code joined} run with the name of each node that joins from now on, also of one that was here before and comes back after it was apart. On
     * any thread; must be quick.
     *
     * @return ends it
     */
    default Runnable onArrival(Consumer<String> joined) {
        return () -> {};
    }

    /** Nobody on another node is trusted. */
    static RemoteTrust none() {
        return message -> Optional.empty();
    }
}
