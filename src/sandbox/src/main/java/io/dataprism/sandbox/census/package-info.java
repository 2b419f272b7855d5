/**
 * How much of the heap each plugin retains: {@link io.dataprism.sandbox.census.Census} walks from what is known to be a plugin's through memory itself,
 * beside the running program, and calls nothing on the way.
 */
@NullMarked
package io.dataprism.sandbox.census;

import org.jspecify.annotations.NullMarked;
