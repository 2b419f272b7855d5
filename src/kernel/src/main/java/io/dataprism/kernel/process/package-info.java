/**
 * Plugins of isolation {@code process}: {@link io.dataprism.kernel.process.ChildProcesses} starts a JVM for one, {@link
 * io.dataprism.kernel.process.ProcessLink} carries what both say, and {@link io.dataprism.kernel.process.ProcessPlugin} stands for the plugin in its
 * mailbox: the plugin's steps and handlers go to the child, and what the child asks for is done in the plugin's slices with the plugin's own context.
 * Nothing that the child says is trusted.
 */
@NullMarked
package io.dataprism.kernel.process;

import org.jspecify.annotations.NullMarked;
