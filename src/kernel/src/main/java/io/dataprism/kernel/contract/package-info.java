/**
 * What plugins promise about the messages that they exchange.
 *
 * <p>A manifest's {@link io.dataprism.kernel.manifest.Contracts} are compiled once, when the plugin is loaded, into {@link
 * io.dataprism.kernel.contract.PluginContracts}; messaging asks them at the boundary of the plugin whose contract it is. {@link
 * io.dataprism.kernel.contract.ContractChanges} compares two versions when the newer one is installed.
 */
@NullMarked
package io.dataprism.kernel.contract;

import org.jspecify.annotations.NullMarked;
