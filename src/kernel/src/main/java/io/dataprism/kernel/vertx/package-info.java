/**
 * Everything that leans on Vert.x internals, and nothing else does.
 *
 * <p>{@link io.dataprism.kernel.vertx.PluginDeployer} deploys a plugin as a verticle whose context runs on a serial {@link
 * io.dataprism.kernel.vertx.Mailbox}. A mailbox that has work stands in the run queue; a carrier thread takes it, runs one
 * slice of it (about 100 µs), and puts it back at the end if more waits. So an idle plugin costs no thread, and no plugin's
 * code ever runs twice at once or on an event loop. Code that may block runs on the plugin's {@code BlockingLane}.
 *
 * <p>Two hosts give mailboxes to plugins: {@code CarrierHost} on carriers of our own, and {@code ContextHost} by Vert.x's supported API alone, where
 * {@code Internals} finds that this Vert.x is not as the first needs it, and for trusted plugins on event loops and virtual threads.
 *
 * <p>Each behaviour of Vert.x 5.0.10 relied on is held by a test in this package.
 */
@NullMarked
package io.dataprism.kernel.vertx;

import org.jspecify.annotations.NullMarked;
