/**
 * What ends a plugin's code that does not end by itself: its classes look, wherever they could go on for ever, whether their loader was condemned.
 */
@NullMarked
package io.dataprism.sandbox.poll;

import org.jspecify.annotations.NullMarked;
