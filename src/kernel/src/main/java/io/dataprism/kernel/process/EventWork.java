package io.dataprism.kernel.process;

import io.dataprism.api.Event;
import io.dataprism.api.PublishOptions;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.WhenFull;
import io.dataprism.child.context.Headed;
import io.dataprism.child.context.Publications;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.WireInput;
import io.dataprism.kernel.context.KernelPluginContext;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Events that a child publishes, and those that it subscribed to. In the plugin's slices. */
final class EventWork {
    private static final WhenFull[] CHOICES = WhenFull.values();

    private final KernelPluginContext context;
    private final ProcessLink link;
    private final Window window;
    private final Subscribed subscribed;

    EventWork(KernelPluginContext context, ProcessLink link, Window window, Subscribed subscribed) {
        this.context = context;
        this.link = link;
        this.window = window;
        this.subscribed = subscribed;
    }

    void offer(Offered offered) {
        offered.with(Op.PUBLISH, (in, number) -> publish(in))
                .with(Op.SUBSCRIBE, (in, number) -> subscribe(in))
                .with(Op.UNSUBSCRIBE, (in, number) -> context.events().unsubscribe(in.text()))
                .with(Op.UNSUBSCRIBE_ALL, (in, number) -> context.events().unsubscribeAll());
    }

    private Future<Object> publish(WireInput in) throws MalformedFrameException {
        String topic = in.text();
        PublishOptions options = in.flag() ? PublishOptions.RETAINED : PublishOptions.DEFAULT;
        Object body = Values.read(in);
        return context.events().publish(topic, body, options).map(Publications::write);
    }

    private Future<@Nullable Object> subscribe(WireInput in) throws MalformedFrameException {
        long number = in.i64();
        String pattern = in.text();
        SubscribeOptions options = options(in);
        subscribed.requireNew(number);
        return context.events()
                .subscribe(pattern, options, event -> deliver(number, event))
                .map(made -> {
                    subscribed.add(number, made);
                    return null;
                });
    }

    static SubscribeOptions options(WireInput in) throws MalformedFrameException {
        int whenFull = in.u8();
        if (whenFull >= CHOICES.length) {
            throw new MalformedFrameException("a subscription that does " + whenFull + " when there is no room");
        }
        return new SubscribeOptions(CHOICES[whenFull], in.i32());
    }

    private void deliver(long number, Event event) {
        link.tell(Op.EVENT, number, out -> {
            out.text(event.topic());
            Headed.caller(out, event.source());
            out.i64(event.timestamp().toEpochMilli()).flag(event.retained());
            Headed.write(out, event.trace());
            Values.write(out, event.body());
        });
        window.sent();
    }
}
