package io.dataprism.child.context;

import io.dataprism.api.Caller;
import io.dataprism.api.Event;
import io.dataprism.api.EventHandler;
import io.dataprism.api.Events;
import io.dataprism.api.Publication;
import io.dataprism.api.PublishOptions;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.Subscription;
import io.dataprism.child.ChildLink;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.WireFailure;
import io.dataprism.child.wire.WireInput;
import io.dataprism.child.wire.WireOutput;
import io.vertx.core.Future;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Events, which the kernel carries. */
final class ChildEvents implements Events {
    private final ChildLink link;
    private final GoingOn subscriptions;

    ChildEvents(ChildLink link, GoingOn subscriptions) {
        this.link = link;
        this.subscriptions = subscriptions;
    }

    @Override
    public Future<Publication> publish(String topic, @Nullable Object body) {
        return publish(topic, body, PublishOptions.DEFAULT);
    }

    @Override
    public Future<Publication> publish(String topic, @Nullable Object body, PublishOptions options) {
        return link.ask(Op.PUBLISH, out -> {
                    out.text(topic).flag(options.retained());
                    Values.write(out, body);
                })
                .map(Publications::read);
    }

    @Override
    public Future<Subscription> subscribe(String pattern, SubscribeOptions options, EventHandler handler) {
        GoingOn.Entry entry = subscriptions.begin(Objects.requireNonNull(handler));
        return link.<Object>ask(Op.SUBSCRIBE, out -> {
                    out.i64(entry.number()).text(pattern);
                    write(out, options);
                })
                .onFailure(refused -> subscriptions.forget(entry))
                .map(done -> new ChildSubscription(link, subscriptions, entry, pattern));
    }

    @SuppressWarnings("EnumOrdinal") // the order is the wire's
    static void write(WireOutput out, SubscribeOptions options) {
        out.u8(options.whenFull().ordinal()).i32(options.waiting());
    }

    @Override
    public Future<Void> unsubscribe(String pattern) {
        return link.ask(Op.UNSUBSCRIBE, out -> out.text(pattern));
    }

    @Override
    public Future<Void> unsubscribeAll() {
        return link.ask(Op.UNSUBSCRIBE_ALL);
    }

    /** One has come. In the plugin's slices. */
    void deliver(long number, WireInput in) throws MalformedFrameException {
        if (!(subscriptions.handler(number) instanceof EventHandler handler)) {
            return;
        }
        String topic = in.text();
        Caller source = Headed.caller(in);
        long millis = in.i64();
        boolean retained = in.flag();
        Headed headed = Headed.read(in);
        Event event = new Event(topic, Values.read(in), source, millis, headed, retained);
        try {
            handler.handle(event);
        } catch (Throwable e) {
            link.tell(Op.HANDLER_FAILED, number, out -> {
                out.text("the handler of topic '" + topic + "'");
                WireFailure.of(e).write(out);
            });
        }
    }
}
