/**
 * What should be, and the way there. A {@link io.dataprism.kernel.desired.DesiredState} comes from {@code conf/} or the host; a {@link
 * io.dataprism.kernel.desired.Plan} is worked out from it and from what is, without side effects; the {@link
 * io.dataprism.kernel.desired.Reconciler} carries plans out, on a change and every few seconds, in steps that may be repeated.
 */
@NullMarked
package io.dataprism.kernel.desired;

import org.jspecify.annotations.NullMarked;
