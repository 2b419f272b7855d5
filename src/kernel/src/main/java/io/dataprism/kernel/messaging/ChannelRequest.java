package io.dataprism.kernel.messaging;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** A channel message that waits for an answer, on its way there and back. */
final class ChannelRequest<T> extends PendingReply<T> {
    private final Member member;
    private final Letter letter;

    ChannelRequest(Party from, Member member, Letter letter, long timeout) {
        super(from, member.party, letter.body, timeout, letter.id, letter.causeId);
        this.member = member;
        this.letter = letter;
    }

    Member member() {
        return member;
    }

    @Override
    void failed(Throwable why, boolean handled) {
        if (!isCallersDoing(why)) {
            Subject subject = Subject.of(member.channel(), letter, member.label, true);
            member.party.messaging.witness().buryCall(subject, member.label, why, handled);
        }
    }

    @Override
    String what() {
        return "the handler of '" + member.label + "' in channel '" + member.name() + "'";
    }

    @Override
    MessageKind kind() {
        return MessageKind.REQUEST;
    }

    @Override
    String where() {
        return "channel " + member.name();
    }

    @Override
    Object place() {
        return member;
    }

    @Override
    @Nullable
    Future<?> handle() throws Exception {
        return member.handlers().answer(this, letter.message(member.name(), member.label, true));
    }
}
