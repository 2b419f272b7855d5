package io.dataprism.kernel.messaging;

import io.dataprism.api.FailureKind;
import io.dataprism.kernel.traffic.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One channel message on its way to one member. */
final class ChannelDelivery extends Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelDelivery.class);

    private final Member member;
    private final Letter letter;
    private final int weight;
    /** Told what becomes of it, where it may be held outside a full mailbox. */
    private final @Nullable HeldEvent told;

    ChannelDelivery(Member member, Letter letter, @Nullable HeldEvent told) {
        super(member.party);
        this.member = member;
        this.letter = letter;
        this.told = told;
        this.weight = Weights.ofMessage(letter.body);
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    void deliver() {
        member.handlers().deliver(letter, weight);
    }

    @Override
    protected void admitted() {
        if (told != null) {
            told.admitted();
        }
    }

    @Override
    protected void turnedAway() {
        if (told == null) {
            unhandled();
        } else {
            told.lost(receiver().caller, FailureKind.CANCELLED, "It was stopped before it took the message.");
            lost();
        }
    }

    /** Another message to the same member took its place; the member counts it. */
    @Override
    protected void dropped() {
        LOG.debug("{} dropped a message of channel {}, since its mailbox is full.", receiver().caller, member.name());
    }

    @Override
    MessageKind kind() {
        return MessageKind.MESSAGE;
    }

    @Override
    String where() {
        return "channel " + member.name();
    }

    @Override
    String sender() {
        return letter.sender.toString();
    }

    @Override
    long sentMillis() {
        return letter.millis;
    }

    @Override
    Object place() {
        return member;
    }

    @Override
    void lost() {
        member.died(letter, Reason.LOST, "It ended before it was handled.");
    }
}
