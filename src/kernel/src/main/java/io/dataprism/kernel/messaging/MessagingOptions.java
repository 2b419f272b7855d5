package io.dataprism.kernel.messaging;

/**
 * How a kernel's messaging appears on the bus.
 *
 * @param addressPrefix stands before every address of this kernel; empty for the plain addresses
 * @param node this node's name, unique in its cluster
 * @param hostQueue messages at most that wait for one handler of the host or of a bridge user
 * @param retained how much may be kept as last values of topics
 */
public record MessagingOptions(String addressPrefix, String node, int hostQueue, RetainLimits retained) {
    public MessagingOptions(String addressPrefix, String node) {
        this(addressPrefix, node, 10_000);
    }

    public MessagingOptions(String addressPrefix, String node, int hostQueue) {
        this(addressPrefix, node, hostQueue, RetainLimits.DEFAULT);
    }
}
