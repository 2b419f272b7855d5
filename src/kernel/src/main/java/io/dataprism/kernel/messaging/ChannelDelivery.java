package io.dataprism.kernel.messaging;

/** One channel message on its way to one member. */
final class ChannelDelivery extends Delivery {
    private final Member member;
    private final Letter letter;
    private final int weight;

    ChannelDelivery(Member member, Letter letter) {
        super(member.party);
        this.member = member;
        this.letter = letter;
        this.weight = Weights.ofMessage(letter.body);
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    void deliver() {
        member.deliver(letter, weight);
    }

    @Override
    void lost() {
        receiver().messaging.lost(receiver(), "channel " + member.name());
    }
}
