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
    /** Requests that the child has not answered; whoever asked gave up the eldest long ago. */
    private static final int MOST_REQUESTS = 10_000;

    private final KernelPluginContext context;
    private final ProcessLink link;
    private final Window window;
    private final Subscribed subscribed;
    private final CallWork calls;
    private final ConcurrentMap<Long, Channel> channels = new ConcurrentHashMap<>();
    /** Of the slices; the eldest first. */
    private final Set<Long> requests = new LinkedHashSet<>();

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
        return end.of(channel(number)).onSuccess(left -> channels.remove(number));
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
            ProcessLink.Question asked = link.question(Op.REQUEST, out -> write(out.i64(number), message));
            window.sent();
            requests.add(asked.number());
            if (requests.size() > MOST_REQUESTS) {
                Long eldest = requests.iterator().next();
                requests.remove(eldest);
                link.forget(eldest, "It was the eldest of " + requests.size() + " requests that wait for answers.");
            }
            return asked.answer().onComplete(end -> requests.remove(asked.number()));
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
