package io.dataprism.testkit;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.Publication;
import io.vertx.core.Future;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The host application's part in a channel: sends, asks, answers, and writes down what it is sent. */
public final class ChannelProbe {
    private final TestKernel kernel;
    private final Channel channel;
    private final BlockingQueue<ChannelMessage> came = new LinkedBlockingQueue<>();
    private volatile Function<ChannelMessage, @Nullable Object> answer = message -> null;

    ChannelProbe(TestKernel kernel, Channel channel) {
        this.kernel = kernel;
        this.channel = channel;
        channel.onMessage(message -> {
            came.add(message);
            return Future.succeededFuture(answer.apply(message));
        });
    }

    public Channel channel() {
        return channel;
    }

    /** Answer requests that come from now on. */
    public ChannelProbe answering(Function<ChannelMessage, @Nullable Object> with) {
        answer = with;
        return this;
    }

    /** The next message that the host was sent, waiting for it. */
    public ChannelMessage next() {
        Await.until(
                "a message to 'host' in channel '" + channel.name() + "'",
                () -> !came.isEmpty(),
                Await.LIMIT,
                () -> "Participants: " + channel.participants() + ". " + kernel.situation());
        return came.remove();
    }

    public void send(String to, @Nullable Object message) {
        kernel.reply("sending to " + to, channel.send(to, message));
    }

    public Publication broadcast(@Nullable Object message) {
        return kernel.value("broadcasting in " + channel.name(), channel.broadcast(message));
    }

    /** Send to one participant and wait for its answer. */
    public @Nullable Object request(String to, @Nullable Object message) {
        return kernel.reply(
                to + " to answer in channel " + channel.name(), channel.request(to, message, CallOptions.DEFAULT));
    }
}
