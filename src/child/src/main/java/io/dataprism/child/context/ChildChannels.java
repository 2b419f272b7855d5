package io.dataprism.child.context;

import io.dataprism.api.Channel;
import io.dataprism.api.ChannelHandler;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.Channels;
import io.dataprism.child.ChildLink;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.WireFailure;
import io.dataprism.child.wire.WireInput;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Channels, which the kernel carries. */
final class ChildChannels implements Channels {
    private final ChildLink link;
    private final GoingOn handlers;
    private final AtomicLong numbers = new AtomicLong();

    ChildChannels(ChildLink link, GoingOn handlers) {
        this.link = link;
        this.handlers = handlers;
    }

    @Override
    public Future<Channel> create(String name, Set<String> participants) {
        List<String> admitted = List.copyOf(participants);
        long number = numbers.incrementAndGet();
        return link.<Object>ask(Op.CREATE_CHANNEL, out -> {
                    out.i64(number).text(name).i32(admitted.size());
                    admitted.forEach(out::text);
                })
                .map(done -> new ChildChannel(link, handlers, number, name));
    }

    @Override
    public Future<Channel> join(String name) {
        long number = numbers.incrementAndGet();
        return link.<Object>ask(Op.JOIN_CHANNEL, out -> out.i64(number).text(name))
                .map(done -> new ChildChannel(link, handlers, number, name));
    }

    private static ChannelMessage read(WireInput in, boolean expectsReply) throws MalformedFrameException {
        String channel = in.text();
        String from = in.text();
        String to = in.text();
        Instant sent = Instant.ofEpochMilli(in.i64());
        Headed headed = Headed.read(in);
        return new ChannelMessage(channel, from, to, Values.read(in), sent, expectsReply, headed);
    }

    /** A message has come, for which nobody waits. In the plugin's slices. */
    void deliver(long number, WireInput in) throws MalformedFrameException {
        if (!(handlers.handler(number) instanceof ChannelHandler handler)) {
            return;
        }
        ChannelMessage message = read(in, false);
        try {
            Future<?> unheard = handler.handle(message);
            if (unheard != null) {
                unheard.onFailure(e -> failed(number, message, e));
            }
        } catch (Throwable e) {
            failed(number, message, e);
        }
    }

    private void failed(long number, ChannelMessage message, Throwable why) {
        link.tell(Op.HANDLER_FAILED, number, out -> {
            out.text("the handler of channel '" + message.channel() + "'");
            WireFailure.of(why).write(out);
        });
    }

    /** Somebody waits for an answer. In the plugin's slices. */
    @Nullable
    Future<?> requested(WireInput in) throws Exception {
        long number = in.i64();
        if (!(handlers.handler(number) instanceof ChannelHandler handler)) {
            throw new IllegalStateException("The handler in this channel was taken away.");
        }
        return handler.handle(read(in, true));
    }
}
