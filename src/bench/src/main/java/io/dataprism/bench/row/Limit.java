package io.dataprism.bench.row;

/**
 * What the kernel must stay within by itself.
 *
 * @param atMost in the metric's shown unit
 */
public record Limit(Metric metric, double atMost) {}
