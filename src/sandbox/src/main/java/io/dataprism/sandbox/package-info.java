/**
 * What a plugin's code can see. The flow of a class that a plugin names: {@link io.dataprism.sandbox.PluginClassLoader} asks the JDK's
 * platform loader, then {@link io.dataprism.sandbox.VisibleTypes} (the plugin API and the listed types of Vert.x, from the host),
 * then the packages that its dependencies export, then its own jars; what none of them may give is refused with a {@link
 * io.dataprism.sandbox.BlockedClassException} that says why. Bytes on their way into the JVM pass a {@link
 * io.dataprism.sandbox.ClassTransform}. After a loader was closed, {@link io.dataprism.sandbox.UnloadWatch} sees it collected, or
 * {@link io.dataprism.sandbox.LoaderHolders} names what holds it.
 */
@NullMarked
package io.dataprism.sandbox;

import org.jspecify.annotations.NullMarked;
