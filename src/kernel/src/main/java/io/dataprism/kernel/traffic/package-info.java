/**
 * What is seen of messages: live by who watches, afterwards as dead letters.
 *
 * <p>The messaging asks {@link io.dataprism.kernel.traffic.Traffic#isWatched} at each message. While somebody watches, it makes a {@link
 * io.dataprism.kernel.traffic.Sighting}, which each {@link io.dataprism.kernel.traffic.Watch} filters, samples and queues for its reader.
 * What was not handled, or failed, becomes a {@link io.dataprism.kernel.traffic.DeadLetter} in the bounded {@link
 * io.dataprism.kernel.traffic.DeadLetters}, whoever watches.
 */
@NullMarked
package io.dataprism.kernel.traffic;

import org.jspecify.annotations.NullMarked;
