package io.dataprism.kernel.process;

import io.dataprism.api.Channel;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.PluginException;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.child.context.Headed;
import io.dataprism.child.context.Publications;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.WireInput;
import io.dataprism.child.wire.WireOutput;
import io.dataprism.kernel.context.KernelPluginContext;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Channels that a child takes part in. In the plugin's slices where nothing else is said. */
final class ChannelWork {
    private final KernelPluginContext context;
    private final ProcessLink link;
    private final Window window;
    private final Subscribed subscribed;
    private final CallWork calls;
    private final ConcurrentMap<Long, Channel> channels = new ConcurrentHashMap<>();

    ChannelWork(KernelPluginContext context, ProcessLink link, Window window, Subscribed subscribed, CallWork calls) {
        this.context = context;
        this.link = link;
        this.window = window;
        this.subscribed = subscribed;
        this.calls = calls;
    }

    void offer(Offered offered) {
        offered.with(Op.CREATE_CHANNEL, (in, number) -> create(in))
                .with(Op.JOIN_CHANNEL, (in, number) -> {
                    long channel = in.i64();
                    return context.channels().join(in.text()).map(joined -> kept(channel, joined));
                })
                .with(Op.SEND, (in, number) -> channel(in).send(in.text(), Values.read(in)))
                .with(
                        Op.BROADCAST,
                        (in, number) -> channel(in).broadcast(Values.read(in)).map(Publications::write))
                .with(
                        Op.REQUEST_OF,
                        (in, number) -> calls.options(
                                in, number, options -> channel(in).request(in.text(), Values.read(in), options)))
                .with(Op.ADMIT, (in, number) -> channel(in).admit(in.text()))
                .with(Op.EXPEL, (in, number) -> channel(in).expel(in.text()))
                .with(Op.LEAVE, (in, number) -> ended(in.i64(), Channel::leave))
                .with(Op.CLOSE_CHANNEL, (in, number) -> ended(in.i64(), Channel::close));
    }

    private Future<@Nullable Object> create(WireInput in) throws MalformedFrameException {
        long channel = in.i64();
        String name = in.text();
        Set<String> participants = new LinkedHashSet<>();
        for (int left = in.count(); left > 0; left--) {
            participants.add(in.text());
        }
        return context.channels().create(name, participants).map(made -> kept(channel, made));
    }

    private @Nullable Object kept(long number, Channel channel) {
        channels.put(number, channel);
        return null;
    }

    private Channel channel(WireInput in) throws MalformedFrameException {
        return channel(in.i64());
    }

    private Channel channel(long number) {
        Channel known = channels.get(number);
        if (known == null) {
            throw new PluginException("DP-0982", "There is no channel of the number " + number + ".");
        }
        return known;
    }

    private interface End {
        Future<Void> of(Channel channel);
    }

    private Future<Void> ended(long number, End end) {
        Channel channel = channel(number);
        return end.of(channel);
    }

    /** Who takes part. On any thread. */
    Set<String> participants(WireInput in) throws MalformedFrameException {
        return channel(in).participants();
    }

    /** Handle messages from now on. On any thread. */
    void onMessage(WireInput in) throws MalformedFrameException {
        Channel channel = channel(in);
        long number = in.i64();
        SubscribeOptions options = EventWork.options(in);
        subscribed.requireNew(number);
        subscribed.add(number, channel.onMessage(options, message -> deliver(number, message)));
    }

    private @Nullable Future<?> deliver(long number, ChannelMessage message) {
        if (message.expectsReply()) {
            Future<?> answer = link.ask(Op.REQUEST, out -> write(out.i64(number), message));
            window.sent();
            return answer;
        }
        link.tell(Op.MESSAGE, number, out -> write(out, message));
        window.sent();
        return null;
    }

    private static void write(WireOutput out, ChannelMessage message) {
        out.text(message.channel()).text(message.from()).text(message.to());
        out.i64(message.timestamp().toEpochMilli());
        Headed.write(out, message.trace());
        Values.write(out, message.message());
    }
}
