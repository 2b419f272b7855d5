/**
 * When a plugin that failed is started again, after what pause, and when it is given up: Erlang's rules for supervisors, in our words. Pure: no clock, no
 * thread, no chance of its own; who asks brings the time and the draw.
 */
@NullMarked
package io.dataprism.kernel.supervision;

import org.jspecify.annotations.NullMarked;
