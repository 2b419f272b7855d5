/**
 * Desired state: what {@code conf/} or a host asks for. {@link io.dataprism.kernel.desired.DesiredState} says which plugins there
 * should be.
 */
@NullMarked
package io.dataprism.kernel.desired;

import org.jspecify.annotations.NullMarked;
