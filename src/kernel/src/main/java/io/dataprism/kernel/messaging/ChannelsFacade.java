package io.dataprism.kernel.messaging;

import io.dataprism.api.Channel;
import io.dataprism.api.Channels;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Channels, as one party uses them. */
final class ChannelsFacade implements Channels {
    private final Party party;

    ChannelsFacade(Party party) {
        this.party = party;
    }

    @Override
    public Future<Channel> create(String name, Set<String> participants) {
        return guarded(() -> {
            // The set is the caller's own object: it is read here and not kept.
            Set<String> labels = new LinkedHashSet<>(participants);
            return party.messaging.channels().create(party, name, labels);
        });
    }

    @Override
    public Future<Channel> join(String name) {
        return guarded(() -> party.messaging.channels().join(party, name));
    }

    private Future<Channel> guarded(Supplier<Future<Channel>> action) {
        try {
            party.whyClosed().ifPresent(why -> {
                throw why;
            });
            return action.get();
        } catch (RuntimeException refused) {
            return party.failed(refused);
        }
    }
}
