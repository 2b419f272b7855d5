package io.dataprism.cluster;

import io.dataprism.api.Caller;
import io.dataprism.kernel.messaging.RemoteCaller;
import io.dataprism.kernel.messaging.RemoteTrust;
import io.vertx.core.eventbus.Message;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Takes the word of members for whom they speak, and of nobody else. It is their word: the bus is not authenticated, so whoever reaches a
 * node's bus port can claim to be a member. That is why the bus listens on loopback unless it has a network of its own.
 */
final class MemberTrust implements RemoteTrust {
    private final Predicate<String> isMember;
    private final UnaryOperator<Runnable> departures;

    /**
     * @param isMember whether a node of that name is a member now
     * @param departures has what it is given run at each departure, and returns what ends that
     */
    MemberTrust(Predicate<String> isMember, UnaryOperator<Runnable> departures) {
        this.isMember = isMember;
        this.departures = departures;
    }

    @Override
    public Runnable onDeparture(Runnable left) {
        return departures.apply(left);
    }

    @Override
    public Optional<Caller> callerOf(Message<?> message) {
        String node = message.headers().get(NODE);
        String caller = message.headers().get(CALLER);
        if (node == null || caller == null || !isMember.test(node)) {
            return Optional.empty();
        }
        return RemoteCaller.read(caller);
    }
}
