package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.context.MetricsBoard;
import io.dataprism.kernel.context.TaskBoard;
import io.dataprism.kernel.database.DatabaseDrivers;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.messaging.Messaging;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.process.ChildProcesses;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.resource.Resources;
import io.dataprism.kernel.storage.PluginStorages;
import io.dataprism.kernel.storage.StorageLimits;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.sandbox.UnloadWatch;
import io.dataprism.sandbox.guard.CallGuard;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What all plugins of a node share.
 *
 * @param node the node's name
 * @param deployer gives plugins their mailboxes
 * @param messaging gives them their endpoints
 * @param gate what they may do
 * @param resources what they use, and may
 * @param maxWritten bytes by which one plugin may make the node's disks fuller through its context
 * @param tasks where their tasks are listed
 * @param metrics where their metrics are seen
 * @param tableProvider which plugin provides tables now
 * @param drivers of databases, that this node has
 * @param workFolders where each gets a folder of its own for temporary files
 * @param storages what plugins store
 * @param storageLimits how much one plugin may store
 * @param blocking runs what touches files; never the lifecycle thread
 * @param deadlines how long the steps may take
 * @param processes starts those that plugins have of their own
 * @param unwalled whether a plugin may have one where no wall of the machine holds
 * @param unloaded sees closed loaders collected
 * @param natives the loaders that outlive plugins
 * @param quarantines which plugins were quarantined before the node started, and are from now on
 * @param sandboxed whether plugins' calls into the JDK are checked against their grants
 */
public record Hosting(
        String node,
        PluginDeployer deployer,
        Messaging messaging,
        PermissionGate gate,
        Resources resources,
        long maxWritten,
        TaskBoard tasks,
        MetricsBoard metrics,
        Supplier<Optional<PluginId>> tableProvider,
        DatabaseDrivers drivers,
        Path workFolders,
        PluginStorages storages,
        StorageLimits storageLimits,
        Executor blocking,
        StepDeadlines deadlines,
        ChildProcesses processes,
        Predicate<PluginRecord> unwalled,
        UnloadWatch unloaded,
        NativeLoaders natives,
        QuarantineStore quarantines,
        boolean sandboxed) {

    /** What says which calls into the JDK a plugin may make; empty where they are not checked. Blocks. */
    Optional<CallGuard> callGuard(PluginRecord record) {
        return sandboxed ? Optional.of(GrantedCalls.of(gate, record)) : Optional.empty();
    }

    /** What {@code manifest} asks for and this node does not give, each in a line. */
    List<String> curtailed(PluginManifest manifest) {
        return Curtailed.of(
                manifest.limits(), resources, resources.allowance(manifest.id()), storageLimits.bytes(), deadlines);
    }
}
