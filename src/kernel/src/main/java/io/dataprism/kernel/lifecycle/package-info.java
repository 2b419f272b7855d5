/**
 * From an installed artifact to a running plugin and back.
 *
 * <p>{@link io.dataprism.kernel.lifecycle.Lifecycle} keeps a slot for each plugin: what was asked for, and what is. Whenever either changes
 * it works out the next step of every slot concerned: bring up what should run and whose dependencies run, take down what should not
 * run once nothing depends on it any more. A {@link io.dataprism.kernel.lifecycle.HostedPlugin} carries one such step out: each part of
 * it has a deadline and puts its undoing on a stack, which a failure or a stop runs from the top.
 *
 * <p>All decisions are made on one plain thread that never blocks; a plugin's own code runs in its slices only.
 */
@NullMarked
package io.dataprism.kernel.lifecycle;

import org.jspecify.annotations.NullMarked;
