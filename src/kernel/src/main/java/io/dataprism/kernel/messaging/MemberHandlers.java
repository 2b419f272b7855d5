package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.ChannelHandler;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.traffic.Reason;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of one member of a channel, and what reaches them; what comes before there is one waits for the first. Of the party's slices, but for
 * the list of handlers, which may change on any thread.
 */
final class MemberHandlers {
    private final Member member;
    private final Party party;
    private final List<ChannelHandler> handlers = new CopyOnWriteArrayList<>();
    private final EarlyMessages early;

    MemberHandlers(Member member) {
        this.member = member;
        this.party = member.party;
        this.early = new EarlyMessages(member.party);
    }

    /** Let {@link #catchUp} be called in the next slice. */
    void add(ChannelHandler handler) {
        handlers.add(handler);
    }

    void remove(ChannelHandler handler) {
        handlers.remove(handler);
    }

    /** Until nothing waits any more, what comes goes behind it. */
    void catchUp() {
        // Any handler may take itself away, leave, or be the last that its plugin runs.
        while (member.isActive() && !party.isOver() && !handlers.isEmpty()) {
            EarlyMessages.Early next = early.poll();
            if (next == null) {
                return;
            }
            next.handle();
        }
    }

    /** Drop what waits. */
    void clear() {
        early.clear();
    }

    /** A message reached the member. */
    void deliver(Letter letter, int weight) {
        if (!member.isActive()) {
            return;
        }
        if (!handlers.isEmpty() && early.isEmpty()) {
            handle(letter);
        } else if (!early.add(new EarlyMessage(letter, weight))) {
            lost(letter, ", which has no handler yet");
            member.died(letter, Reason.FULL, "Too much waits for its first handler.");
        }
    }

    private void lost(Letter letter, String why) {
        party.messaging
                .losses()
                .add(party.caller, MessageKind.MESSAGE, "channel " + member.name() + why, letter.sender.toString());
    }

    private void handle(Letter letter) {
        long before = party.handles(letter.id);
        try {
            for (ChannelHandler handler : handlers) {
                handle(handler, letter);
            }
        } finally {
            party.handles(before);
        }
    }

    private final class EarlyMessage implements EarlyMessages.Early {
        private final Letter letter;
        private final int weight;

        EarlyMessage(Letter letter, int weight) {
            this.letter = letter;
            this.weight = weight;
        }

        @Override
        public int weight() {
            return weight;
        }

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public void handle() {
            MemberHandlers.this.handle(letter);
        }

        @Override
        public void drop() {
            lost(letter, "");
            member.died(letter, Reason.LOST, "It ended before it had a handler.");
        }
    }

    private void handle(ChannelHandler handler, Letter letter) {
        boolean watched = party.messaging.witness().watches();
        long began = watched ? System.nanoTime() : 0;
        try {
            Future<?> answer = handler.handle(letter.message(member.name(), member.label, false));
            if (answer != null) {
                answer.onFailure(failure -> failed(letter, failure));
            }
            if (watched) {
                witnessed(letter, began, null);
            }
        } catch (Throwable thrown) {
            SafeFailure failure = report(letter, thrown);
            if (watched) {
                witnessed(letter, began, failure);
            }
        }
    }

    private void witnessed(Letter letter, long began, @Nullable SafeFailure failure) {
        party.messaging
                .witness()
                .handled(Subject.of(member.channel(), letter, member.label, false), member.label, began, failure);
    }

    /** A future of the plugin's own may tell of its failure on any thread. */
    private void failed(Letter letter, Throwable failure) {
        if (party.inSlice()) {
            report(letter, failure);
        } else {
            party.push(new Step(() -> report(letter, failure)));
        }
    }

    private SafeFailure report(Letter letter, Throwable thrown) {
        SafeFailure failure = SafeFailure.copy(thrown);
        party.messaging.report(party, "channel " + member.name(), failure);
        party.messaging
                .witness()
                .bury(
                        Subject.of(member.channel(), letter, member.label, false),
                        member.label,
                        Reason.FAILED,
                        failure.text());
        return failure;
    }

    /** The first handler's answer; when there is no handler yet, once there is one. */
    @Nullable
    Future<?> answer(ChannelRequest<?> request, ChannelMessage message) throws Exception {
        if (!member.isActive()) {
            throw member.withoutHandler();
        }
        ChannelHandler handler = first();
        if (handler != null && early.isEmpty()) {
            return handler.handle(message);
        }
        EarlyRequest waiting = new EarlyRequest(member, request, message);
        if (!early.add(waiting)) {
            throw new CallException(
                    FailureKind.BUSY, "'" + member.label + "' has no handler in channel '" + member.name() + "' yet.");
        }
        request.cancelled().onComplete(gone -> early.remove(waiting));
        return waiting.future();
    }

    @Nullable
    ChannelHandler first() {
        for (ChannelHandler first : handlers) {
            return first;
        }
        return null;
    }
}
