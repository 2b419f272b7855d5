/**
 * Ways for messages, the kernel's and its peers', behind two interfaces: {@link io.dataprism.bench.lane.MessageLane} for what goes one way
 * and {@link io.dataprism.bench.lane.CallLane} for what is answered. {@link io.dataprism.bench.lane.Flow} and {@link
 * io.dataprism.bench.lane.CallFlow} drive any of them alike: from the sender's own context, with a window of messages under way. And ways of checking what
 * may be done, behind {@link io.dataprism.bench.lane.CheckLane}.
 */
@NullMarked
package io.dataprism.bench.lane;

import org.jspecify.annotations.NullMarked;
