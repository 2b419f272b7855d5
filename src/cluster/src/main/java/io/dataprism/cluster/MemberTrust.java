package io.dataprism.cluster;

import io.dataprism.api.Caller;
import io.dataprism.kernel.messaging.RemoteCaller;
import io.dataprism.kernel.messaging.RemoteTrust;
import io.vertx.core.eventbus.Message;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Takes the word of members for whom they speak, and of nobody else. It is their word: the bus is not authenticated, so whoever reaches a
 * node's bus port can claim to be a member. That is why the bus listens on loopback unless it has a network of its own.
 */
final class MemberTrust implements RemoteTrust {
    private final Predicate<String> isMember;
    private final UnaryOperator<Runnable> departures;
    private final Function<Consumer<String>, Runnable> arrivals;

    /**
     * @param isMember whether a node of that name is a member now
     * @param departures has what it is given run at each departure, and returns what ends that
     * @param arrivals the same for names of nodes that join
     */
    MemberTrust(
            Predicate<String> isMember,
            UnaryOperator<Runnable> departures,
            Function<Consumer<String>, Runnable> arrivals) {
        this.isMember = isMember;
        this.departures = departures;
        this.arrivals = arrivals;
    }

    @Override
    public Runnable onDeparture(Runnable left) {
        return departures.apply(left);
    }

    @Override
    public Runnable onArrival(Consumer<String> joined) {
        return arrivals.apply(joined);
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
