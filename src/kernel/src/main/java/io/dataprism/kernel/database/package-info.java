/**
 * What a driver of databases implements, so that the kernel itself knows none: found beside the kernel by {@link java.util.ServiceLoader}, it makes connections to
 * where the kernel says, after the gate was asked, and ends them at once when it is told to.
 */
@NullMarked
package io.dataprism.kernel.database;

import org.jspecify.annotations.NullMarked;
