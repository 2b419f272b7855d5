/**
 * Many kernels that share one event bus.
 *
 * <p>{@link io.dataprism.cluster.ClusteredNode} builds a clustered Vertx from {@link io.dataprism.cluster.ClusterOptions}: Hazelcast keeps the
 * membership, joins the configured members by TCP and nobody else, and listens on loopback unless told otherwise. A kernel created
 * on that Vertx takes part: its messaging carries events, channels and calls over the bus, and the gate holds on the receiving node.
 */
@NullMarked
package io.dataprism.cluster;

import org.jspecify.annotations.NullMarked;
