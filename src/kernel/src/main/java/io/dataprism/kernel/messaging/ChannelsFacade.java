package io.dataprism.kernel.messaging;

import io.dataprism.api.Channel;
import io.dataprism.api.Channels;
import io.dataprism.api.PluginException;
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
            return party.messaging.channels().create(party, name, labels(participants));
        });
    }

    /** The set is the caller's own object, and may hold any others: it is read here, and nothing but texts is kept of it. */
    private static Set<String> labels(Iterable<?> participants) {
        Set<String> labels = new LinkedHashSet<>();
        for (Object participant : participants) {
            if (!(participant instanceof String label)) {
                throw new PluginException(
                        "DP-0411",
                        "A channel's participants are texts, such as a plugin's id, but one is "
                                + (participant == null
                                        ? "null"
                                        : "a " + participant.getClass().getName())
                                + ".");
            }
            Roll.requireRoom(labels.size());
            labels.add(label);
        }
        return labels;
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
