/**
 * A node that is run from a folder of configuration, and the small one that a single command uses.
 *
 * <p>{@link io.dataprism.app.node.RunningNode} makes the kernel, opens the control socket and the gateway, brings the plugins to what the
 * configuration wants, and follows its changes until it is closed. {@link io.dataprism.app.node.Signals} tells a command that its
 * process should end. {@link io.dataprism.app.node.LocalNode} is the kernel of {@code demo}, {@code query} and {@code pipeline run}: the
 * shipped plugins in this process, gone with the command.
 */
@NullMarked
package io.dataprism.app.node;

import org.jspecify.annotations.NullMarked;
