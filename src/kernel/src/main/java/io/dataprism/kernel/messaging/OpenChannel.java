package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A channel that was made on this node, in the hands of the operator, who may change and end every one without taking part in it. Safe to use
 * from any thread.
 */
public final class OpenChannel {
    private final LocalChannel channel;

    OpenChannel(LocalChannel channel) {
        this.channel = channel;
    }

    public String name() {
        return channel.name();
    }

    /** Who made it. */
    public String owner() {
        return channel.owner();
    }

    /** Who is admitted now. */
    public Set<String> participants() {
        return channel.participants();
    }

    /** Those of them who have joined, on whatever node. */
    public Set<String> present() {
        return channel.present();
    }

    /** Admit somebody. */
    public void admit(String participant) {
        channel.admit(Caller.OPERATOR, participant);
    }

    /**
     * End somebody's part and admission.
     *
     * @throws io.dataprism.api.PluginException {@code DP-0409} where it is who made the channel
     */
    public void expel(String participant) {
        channel.expel(Caller.OPERATOR, participant);
    }

    /** End it for all. */
    public void close() {
        channel.close(Caller.OPERATOR);
    }

    /** {@code {name, owner, participants, present}}. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("name", name())
                .put("owner", owner())
                .put("participants", sorted(participants()))
                .put("present", sorted(present()));
    }

    private static JsonArray sorted(Set<String> labels) {
        return new JsonArray(List.copyOf(new TreeSet<>(labels)));
    }
}
