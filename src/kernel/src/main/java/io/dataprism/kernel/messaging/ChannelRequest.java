package io.dataprism.kernel.messaging;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** A channel message that waits for an answer, on its way there and back. */
final class ChannelRequest<T> extends PendingReply<T> {
    private final String sender;
    private final Member member;
    private final @Nullable Object body;
    private final long millis = System.currentTimeMillis();

    ChannelRequest(Party from, String sender, Member member, @Nullable Object body, long timeout) {
        super(from, member.party, body, timeout);
        this.sender = sender;
        this.member = member;
        this.body = body;
    }

    Member member() {
        return member;
    }

    @Override
    String what() {
        return "the handler of '" + member.label + "' in channel '" + member.name() + "'";
    }

    @Override
    @Nullable
    Future<?> handle() throws Exception {
        return member.answer(this, member.message(sender, body, millis, true));
    }
}
