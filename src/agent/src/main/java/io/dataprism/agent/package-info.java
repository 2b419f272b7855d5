/**
 * The second layer of the sandbox, which needs a Java agent: the JDK's own methods check whoever is on the stack, so that a way around the {@linkplain
 * io.dataprism.sandbox.guard first layer} meets the same rules. {@link io.dataprism.agent.Agent} begins it, before the program; {@link
 * io.dataprism.agent.JdkTransform} writes calls of the {@link io.dataprism.agent.Hook} into the JDK's classes; {@link io.dataprism.agent.StackJudge}
 * answers them, by what {@link io.dataprism.agent.Origins} says of each class and thread and {@link io.dataprism.agent.Frames} of the JDK's.
 */
@NullMarked
package io.dataprism.agent;

import org.jspecify.annotations.NullMarked;
