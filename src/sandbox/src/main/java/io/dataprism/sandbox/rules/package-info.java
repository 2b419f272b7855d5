/**
 * The one rule table: which methods of the JDK and of Vert.x take which permission of a plugin, and on what. {@code rules.txt} is the table
 * itself, written for people; {@link io.dataprism.sandbox.rules.RuleTable} is what was read from it, {@link
 * io.dataprism.sandbox.rules.RuleFinder} says which rule a call meets, by the type that really has the method, and {@link
 * io.dataprism.sandbox.rules.JdkTypes} knows the types of the running JDK for that. The scan stands on it, and each layer of the sandbox will.
 */
@NullMarked
package io.dataprism.sandbox.rules;

import org.jspecify.annotations.NullMarked;
