/**
 * The facades that a plugin holds. Each is made for one plugin and one deployment, asks the gate in that plugin's name, gives
 * futures that complete in its slices, and stops working when the context is closed.
 */
@NullMarked
package io.dataprism.kernel.context;

import org.jspecify.annotations.NullMarked;
