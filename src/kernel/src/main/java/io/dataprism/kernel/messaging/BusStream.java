package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.vertx.core.AsyncResult;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import org.jspecify.annotations.Nullable;

/** A stream of this node on its way to another, which asked for it with a message and gets the head as its answer. */
final class BusStream implements StreamSink {
    private final BusLink link;
    private final RemoteStreams streams;
    private final Message<Object> message;
    private final String node;
    private final String id;
    private final String here;
    private Runnable giveUp = () -> {};
    private volatile @Nullable StreamValve source;
    private volatile @Nullable CallException unsendable;
    /** Of the link's context. */
    private long items;

    BusStream(BusLink link, RemoteStreams streams, Message<Object> message, String id, String here) {
        this.link = link;
        this.streams = streams;
        this.message = message;
        this.node = String.valueOf(message.headers().get(RemoteTrust.NODE));
        this.id = id;
        this.here = here;
    }

    String key() {
        return key(node, id);
    }

    static String key(String node, String id) {
        return node + "/" + id;
    }

    /** {@code ending} ends the call that it comes from. */
    void endsWith(Runnable ending) {
        giveUp = ending;
    }

    @Override
    public void opened(@Nullable Object head, StreamValve valve) {
        source = valve;
        link.run(() -> BusBody.whyNot(head)
                .ifPresentOrElse(
                        this::cannotSend,
                        () -> message.reply(
                                BusBody.of(head),
                                new DeliveryOptions()
                                        .addHeader(WireVersion.HEADER, WireVersion.TEXT)
                                        .addHeader(RemoteTrust.NODE, here)
                                        .addHeader(StreamTerms.HEADER, "1"))));
    }

    @Override
    public boolean isOpened() {
        return source != null;
    }

    @Override
    public void item(Object owned, int weight) {
        link.run(() -> send(owned));
    }

    private void send(Object owned) {
        if (unsendable == null) {
            String unfit = streams.item(node, id, items++, owned);
            if (unfit != null) {
                cannotSend(unfit);
            }
        }
    }

    private void cannotSend(String why) {
        unsendable = new CallException(FailureKind.INVALID, "What was streamed: " + why);
        giveUp.run();
    }

    void allow(long most, long takenBytes) {
        StreamValve valve = source;
        if (valve != null) {
            valve.allow(most, takenBytes);
        }
    }

    /** Behind all items, which may still wait for their turn on the context. */
    void over(AsyncResult<?> end) {
        Throwable failure = unsendable == null ? end.cause() : unsendable;
        link.run(() -> {
            if (isOpened()) {
                streams.end(node, id, items, failure);
            } else if (failure != null) {
                link.refuse(message, failure);
            }
        });
    }
}
