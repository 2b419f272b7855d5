package io.dataprism.kernel.messaging;

import io.dataprism.api.EventHandler;
import io.dataprism.api.Subscription;
import io.vertx.core.Future;

/** One handler of one party for one topic or pattern. */
final class TopicSubscription implements Subscription {
    final Party party;
    final String pattern;
    final String[] words;
    private final EventHandler handler;
    private final Topics topics;
    private volatile boolean active = true;

    TopicSubscription(Party party, String pattern, EventHandler handler, Topics topics) {
        this.party = party;
        this.pattern = pattern;
        this.words = pattern.split("\\.", -1);
        this.handler = handler;
        this.topics = topics;
    }

    @Override
    public String pattern() {
        return pattern;
    }

    boolean matches(String topic) {
        return active && Topic.matches(words, topic);
    }

    @Override
    public Future<Void> cancel() {
        end();
        return party.succeeded(null);
    }

    /** Nothing is delivered any more, not even what waits in the mailbox. */
    void end() {
        if (active) {
            active = false;
            party.subscriptions.remove(this);
            topics.remove(this);
        }
    }

    /** In the party's slice. */
    void deliver(EventMessage message) {
        if (!active) {
            return;
        }
        try {
            handler.handle(message.event());
        } catch (Throwable thrown) {
            party.messaging.report(party, "topic " + message.topic, thrown);
        }
    }
}
