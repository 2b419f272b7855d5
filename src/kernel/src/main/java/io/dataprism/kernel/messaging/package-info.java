/**
 * How plugins, host, bridge users and other nodes talk: topics, channels, capability calls.
 *
 * <p>Everyone takes part through an {@link io.dataprism.kernel.messaging.Endpoint}, which knows its caller. A message passes the {@link
 * io.dataprism.kernel.permission.PermissionGate} and is copied in its sender's slice, a router (topics, channels, calls) finds its
 * receivers, and each receiver's mailbox takes an entry or refuses it. The entry runs the handler in the receiver's slice and sends
 * the answer back the same way. Bus adapters at the edge do the same for what comes from and goes to the Vert.x event bus; interceptors
 * there refuse what goes around.
 */
@NullMarked
package io.dataprism.kernel.messaging;

import org.jspecify.annotations.NullMarked;
