package io.dataprism.child.context;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.dataprism.api.ChannelHandler;
import io.dataprism.api.Publication;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.Subscription;
import io.dataprism.child.ChildLink;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel that the plugin takes part in, by the number under which the kernel holds it. */
record ChildChannel(ChildLink link, GoingOn handlers, long number, String name) implements Channel {

    @Override
    public Set<String> participants() {
        Set<String> all = new LinkedHashSet<>();
        if (link.now(Op.PARTICIPANTS, out -> out.i64(number)) instanceof JsonArray labels) {
            labels.forEach(label -> all.add((String) label));
        }
        return all;
    }

    @Override
    public Subscription onMessage(ChannelHandler handler) {
        return onMessage(SubscribeOptions.DEFAULT, handler);
    }

    @Override
    public Subscription onMessage(SubscribeOptions options, ChannelHandler handler) {
        GoingOn.Entry entry = handlers.begin(Objects.requireNonNull(handler));
        try {
            link.now(Op.ON_MESSAGE, out -> {
                out.i64(number).i64(entry.number());
                ChildEvents.write(out, options);
            });
        } catch (RuntimeException refused) {
            handlers.forget(entry);
            throw refused;
        }
        return new ChildSubscription(link, handlers, entry, name);
    }

    @Override
    public Future<Void> send(String to, @Nullable Object message) {
        return link.ask(Op.SEND, out -> {
            out.i64(number).text(to);
            Values.write(out, message);
        });
    }

    @Override
    public Future<Publication> broadcast(@Nullable Object message) {
        return link.ask(Op.BROADCAST, out -> {
                    out.i64(number);
                    Values.write(out, message);
                })
                .map(Publications::read);
    }

    @Override
    public <T> Future<T> request(String to, @Nullable Object message, CallOptions options) {
        return ChildCalls.ask(link, Op.REQUEST_OF, link.slices().call(), options, out -> {
            out.i64(number).text(to);
            Values.write(out, message);
        });
    }

    @Override
    public Future<Void> admit(String participant) {
        return link.ask(Op.ADMIT, out -> out.i64(number).text(participant));
    }

    @Override
    public Future<Void> expel(String participant) {
        return link.ask(Op.EXPEL, out -> out.i64(number).text(participant));
    }

    @Override
    public Future<Void> leave() {
        return link.ask(Op.LEAVE, out -> out.i64(number));
    }

    @Override
    public Future<Void> close() {
        return link.ask(Op.CLOSE_CHANNEL, out -> out.i64(number));
    }
}
