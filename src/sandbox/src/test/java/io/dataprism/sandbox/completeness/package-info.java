/**
 * Shows that no method of the JDK, or of what else a plugin sees, that does something a plugin needs a permission for lacks a rule. {@link
 * io.dataprism.sandbox.completeness.CodeBase} reads class files, {@link io.dataprism.sandbox.completeness.CallGraph} says which method leads to
 * which, {@link io.dataprism.sandbox.completeness.Reach} goes backwards from what was checked once to what a plugin can call, and {@link
 * io.dataprism.sandbox.completeness.Rulings} holds what was found harmless, and why.
 */
@NullMarked
package io.dataprism.sandbox.completeness;

import org.jspecify.annotations.NullMarked;
