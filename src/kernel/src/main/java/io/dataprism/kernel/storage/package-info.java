/**
 * What plugins store: a folder a plugin with a {@link io.dataprism.kernel.store.Store} of its own, opened when the plugin first uses it. A
 * {@link io.dataprism.kernel.storage.StorageLease} is what one run of a plugin holds of it; {@link io.dataprism.kernel.storage.PluginStorages} is what
 * the operator has of all of them.
 */
@NullMarked
package io.dataprism.kernel.storage;

import org.jspecify.annotations.NullMarked;
