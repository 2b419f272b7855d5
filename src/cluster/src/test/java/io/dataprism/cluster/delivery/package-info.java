/**
 * The contract of delivery over all the ways that a message may go: {@link io.dataprism.cluster.delivery.DeliveryContract} holds each promise, and
 * has one subclass a way. All are here since one of them crosses a cluster.
 */
@NullMarked
package io.dataprism.cluster.delivery;

import org.jspecify.annotations.NullMarked;
