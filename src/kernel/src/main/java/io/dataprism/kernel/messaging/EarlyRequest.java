package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.ChannelHandler;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.FailureKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A request that waits for its member's first handler. Of the member's slices. */
final class EarlyRequest implements EarlyMessages.Early {
    private final Member member;
    private final ChannelRequest<?> request;
    private final ChannelMessage message;
    private final Promise<Object> answer = Promise.promise();

    EarlyRequest(Member member, ChannelRequest<?> request, ChannelMessage message) {
        this.member = member;
        this.request = request;
        this.message = message;
    }

    Future<Object> future() {
        return answer.future();
    }

    @Override
    public int weight() {
        return request.weight();
    }

    @Override
    public boolean isOver() {
        return request.isSettled();
    }

    @Override
    public void handle() {
        ChannelHandler handler = member.handlers().first();
        if (handler == null) {
            // It was taken away on another thread just now.
            answer.tryFail(member.withoutHandler());
            return;
        }
        try {
            Future<?> given = handler.handle(message);
            if (given == null) {
                answer.tryFail(new CallException(FailureKind.FAILED, "The handler returned no future."));
            } else {
                given.onComplete(end -> {
                    if (end.succeeded()) {
                        answer.tryComplete(end.result());
                    } else {
                        answer.tryFail(end.cause());
                    }
                });
            }
        } catch (Throwable thrown) {
            answer.tryFail(thrown);
        }
    }

    @Override
    public void drop() {
        answer.tryFail(member.withoutHandler());
    }
}
