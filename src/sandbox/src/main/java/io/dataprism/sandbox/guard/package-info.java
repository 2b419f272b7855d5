/**
 * The loader's layer of the sandbox: on their way into the JVM a plugin's classes get a check before each call that the rule table names. The check knows
 * for certain whose class it stands in.
 */
@NullMarked
package io.dataprism.sandbox.guard;

import org.jspecify.annotations.NullMarked;
