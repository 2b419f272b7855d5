package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The last value of one topic, or that it was taken away.
 *
 * @param message what who subscribes later gets; null: there is none
 * @param owner whose it is
 * @param stamp of two values of a topic that nodes pass on to each other the one with the greater stamp is the newer
 */
record RetainedValue(String topic, @Nullable EventMessage message, Owner owner, Stamp stamp) {
    private static final int OVERHEAD = 200;

    /** Who published it, on which node. */
    record Owner(Caller caller, String node) {

        /** Whether it is bound by the node's limits alone. */
        boolean isHosts() {
            return caller.kind() == Caller.Kind.HOST || caller.kind() == Caller.Kind.OPERATOR;
        }
    }

    /**
     * When it was published.
     *
     * @param millis no less than that of any value of the topic which its node knew
     */
    record Stamp(long millis, String node) {

        boolean isAfter(Stamp other) {
            return millis > other.millis || (millis == other.millis && node.compareTo(other.node) > 0);
        }
    }

    /** About how many bytes it holds. */
    long weight() {
        return message == null ? 0 : OVERHEAD + 2L * topic.length() + message.weight;
    }
}
