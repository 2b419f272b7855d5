package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * What waits for a plugin, or at one endpoint of the host, the operator or a user of the bridge, and what that did not get, as of one moment.
 * Exact while its code does not run, otherwise about.
 *
 * @param who whose it is; who has several endpoints has one of these for each
 * @param waiting messages that wait, its own timers and answers among them
 * @param bytes about how many bytes those hold
 * @param limitMessages how many may wait
 * @param limitBytes how many bytes they may hold together
 * @param held of those that wait, how many are outside its full mailbox
 * @param dropped events and channel messages that were dropped, as it wants it
 * @param refused messages that were refused since its mailbox was full
 * @param oldest how long the oldest message has waited
 * @param behind whether it has been told of as one that lags
 * @param parts its subscriptions, its places in channels, and calls to it
 */
public record Lag(
        Caller who,
        int waiting,
        long bytes,
        int limitMessages,
        long limitBytes,
        int held,
        long dropped,
        long refused,
        Duration oldest,
        boolean behind,
        List<Part> parts) {

    public Lag {
        parts = List.copyOf(parts);
    }

    Lag withBehind(boolean now) {
        return new Lag(who, waiting, bytes, limitMessages, limitBytes, held, dropped, refused, oldest, now, parts);
    }

    /** Whether it is a plugin's, and not that of an endpoint outside. */
    public boolean isOfPlugin() {
        return who.kind() == Caller.Kind.PLUGIN;
    }

    /**
     * What waits for one subscription, for its place in one channel, or as calls.
     *
     * @param where for example {@code topic weather.*}
     */
    public record Part(String where, int waiting, long bytes, int held, long dropped, long refused, Duration oldest) {

        JsonObject toJson() {
            return new JsonObject()
                    .put("where", where)
                    .put("waiting", waiting)
                    .put("bytes", bytes)
                    .put("held", held)
                    .put("dropped", dropped)
                    .put("refused", refused)
                    .put("oldestMillis", oldest.toMillis());
        }
    }

    public JsonObject toJson() {
        JsonArray all = new JsonArray();
        parts.forEach(part -> all.add(part.toJson()));
        return new JsonObject()
                .put("id", who.label())
                .put("waiting", waiting)
                .put("bytes", bytes)
                .put("limitMessages", limitMessages)
                .put("limitBytes", limitBytes)
                .put("held", held)
                .put("dropped", dropped)
                .put("refused", refused)
                .put("oldestMillis", oldest.toMillis())
                .put("behind", behind)
                .put("parts", all);
    }
}
