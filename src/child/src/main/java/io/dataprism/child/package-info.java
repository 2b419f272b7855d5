/**
 * Runs one plugin of isolation {@code process} in a JVM of its own: {@link io.dataprism.child.Child} connects to the kernel, {@link
 * io.dataprism.child.Resident} is the plugin and its steps, and what the plugin asks for goes over {@link io.dataprism.child.ChildLink} to the kernel,
 * which does it. All that the plugin's code does runs on one thread, {@link io.dataprism.child.ChildSlices}.
 */
@NullMarked
package io.dataprism.child;

import org.jspecify.annotations.NullMarked;
