package io.dataprism.kernel.messaging;

import org.jspecify.annotations.Nullable;

/** One channel message on its way to one member. */
final class ChannelDelivery extends Delivery {
    private final Member member;
    private final String from;
    private final @Nullable Object body;
    private final long millis;
    private final int weight;

    ChannelDelivery(Member member, String from, @Nullable Object body, long millis) {
        super(member.party);
        this.member = member;
        this.from = from;
        this.body = body;
        this.millis = millis;
        this.weight = Weights.ofMessage(body);
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    void deliver() {
        member.deliver(from, body, millis, weight);
    }

    @Override
    void lost() {
        receiver().messaging.lost(receiver(), "channel " + member.name());
    }
}
