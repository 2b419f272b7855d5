package io.dataprism.kernel.messaging;

import org.jspecify.annotations.Nullable;

/** One channel message on its way to one member. */
final class ChannelDelivery extends Delivery {
    private final Member member;
    private final String from;
    private final @Nullable Object body;
    private final long millis;
    private final boolean shared;

    ChannelDelivery(Member member, String from, @Nullable Object body, long millis, boolean shared) {
        super(member.party);
        this.member = member;
        this.from = from;
        this.body = body;
        this.millis = millis;
        this.shared = shared;
    }

    @Override
    void deliver() {
        Object own = shared ? Payloads.copyOf(body) : body;
        member.deliver(member.message(from, own, millis, false));
    }

    @Override
    void lost() {
        receiver().messaging.lost(receiver(), "channel " + member.name());
    }
}
