/**
 * What a node keeps on disk. {@link io.dataprism.kernel.store.DataFolder} is the folder itself: locked for one kernel at a time, and of a
 * format that its version file names. {@link io.dataprism.kernel.store.Store} keeps records there, so that what it acknowledged outlives crashes, a full
 * disk and damage.
 */
@NullMarked
package io.dataprism.kernel.store;

import org.jspecify.annotations.NullMarked;
