package io.dataprism.bench.row;

/**
 * What the kernel must reach beside a peer.
 *
 * @param peer the peer's name
 * @param factor how many times as good as the peer at least: more of what is good, less of what is bad
 */
public record Target(String peer, double factor) {}
