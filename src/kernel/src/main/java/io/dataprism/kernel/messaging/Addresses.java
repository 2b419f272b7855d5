package io.dataprism.kernel.messaging;

import org.jspecify.annotations.Nullable;

/** The addresses of one kernel on the bus. */
final class Addresses {
    static final String NO_TOPIC = "";
    private static final int REMEMBERED = 256;

    private final String event;
    private final String plugin;
    private final String channel;
    private final String relay;
    private final String notices;
    private final String calls;
    private final String node;
    /** The addresses of topics, each at its place; whoever comes to a taken place takes it. */
    private final @Nullable EventAddress[] events = new EventAddress[REMEMBERED];

    /** The same, each at the place of its address. */
    private final @Nullable EventAddress[] topics = new EventAddress[REMEMBERED];

    private record EventAddress(String topic, String address) {}

    Addresses(String prefix) {
        event = prefix + "event:";
        plugin = prefix + "plugin:";
        channel = prefix + "channel:";
        relay = prefix + "kernel-relay";
        notices = prefix + "kernel-notices";
        calls = prefix + "kernel-calls";
        node = prefix + "kernel-node:";
    }

    /** Remembered for a while: it is asked for with each event, and a text that is made anew has to be hashed anew. */
    String event(String topic) {
        int place = topic.hashCode() & (REMEMBERED - 1);
        EventAddress known = events[place];
        if (known == null || !known.topic.equals(topic)) {
            known = new EventAddress(topic, event + topic);
            events[place] = known;
        }
        return known.address;
    }

    String plugin(String id, String capability) {
        return plugin + id + ":" + capability;
    }

    String channel(String name, String to) {
        return channel + name + ":" + to;
    }

    /** Where the node that made a channel answers for members on others. */
    String channel(String name) {
        return channel + name;
    }

    /** Where the kernels of a cluster pass events on to each other. */
    String relay() {
        return relay;
    }

    /** Where the others send one of them the last values of topics; known to those who were asked. */
    String relay(String secret) {
        return relay + ":#" + secret;
    }

    /** Where they tell each other what they can't understand. */
    String notices() {
        return notices;
    }

    /** Consumed where {@code capability} may be called twice as well as once; nothing is sent there. */
    String idempotent(String id, String capability) {
        return plugin(id, capability) + ":idempotent";
    }

    /** Where they tell each other what became of calls between them. */
    String calls() {
        return calls;
    }

    /** Where calls come that are meant for the plugins of one node. */
    String node(String name) {
        return node + name;
    }

    /** Where messages of a channel come for one member on another node than the channel's; known to those two nodes. */
    String seat(String name, String secret) {
        return channel + name + ":#" + secret;
    }

    /** The topic of an {@code event:} address; {@link #NO_TOPIC} for any other. Remembered for a while, too. */
    String topic(String address) {
        int place = address.hashCode() & (REMEMBERED - 1);
        EventAddress known = topics[place];
        if (known != null && known.address.equals(address)) {
            return known.topic;
        }
        if (!address.startsWith(event)) {
            return NO_TOPIC;
        }
        known = new EventAddress(address.substring(event.length()), address);
        topics[place] = known;
        return known.topic;
    }

    /** The plugin or participant that an address belongs to; empty for any other. */
    String owner(String address) {
        if (address.startsWith(plugin)) {
            int end = address.indexOf(':', plugin.length());
            return end < 0 ? "" : address.substring(plugin.length(), end);
        }
        if (address.startsWith(channel)) {
            int to = address.indexOf(':', channel.length());
            return to < 0 ? "" : address.substring(to + 1);
        }
        return "";
    }

    boolean isKernels(String address) {
        return address.startsWith(event)
                || address.startsWith(plugin)
                || address.startsWith(channel)
                || address.startsWith(relay)
                || address.equals(notices)
                || address.equals(calls)
                || address.startsWith(node);
    }
}
