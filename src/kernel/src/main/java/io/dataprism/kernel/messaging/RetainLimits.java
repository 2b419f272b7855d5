package io.dataprism.kernel.messaging;

/**
 * How much may be kept as last values of topics.
 *
 * @param values values on this node, those of other nodes included
 * @param bytes about how many bytes they may hold together
 * @param valuesEach values of one plugin or user; host and operator are bound by the node's alone
 * @param bytesEach about how many bytes those may hold together
 */
public record RetainLimits(int values, long bytes, int valuesEach, long bytesEach) {
    /** 100,000 values and 64 MiB on a node; 10,000 and 8 MiB a plugin. */
    public static final RetainLimits DEFAULT = new RetainLimits(100_000, 64L << 20, 10_000, 8L << 20);
}
