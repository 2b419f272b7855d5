package io.dataprism.kernel.context;

import io.dataprism.api.MemoryAccount;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.database.DatabaseDrivers;
import io.dataprism.kernel.messaging.PluginEndpoint;
import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.resource.Tally;
import io.dataprism.kernel.storage.StorageLease;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The parts of which a plugin's context is made.
 *
 * @param id the plugin
 * @param version as its manifest says
 * @param node this node's name
 * @param config checked, with defaults filled in and references resolved
 * @param endpoint its place in the messaging
 * @param deployment its verticle, whose slices all futures complete in
 * @param gate what it may do
 * @param memory its account
 * @param tasks where its tasks are listed for the operator
 * @param metrics where its metrics are seen by host and operator
 * @param tableProvider which plugin provides tables now
 * @param drivers of databases, that the node has
 * @param tally what it has of what is counted, and may have
 * @param maxWritten bytes by which it may make the node's disks fuller through its context
 * @param workFolder a folder of its own
 * @param storage lends it what it stores, when it first asks
 * @param gaveUp is told, by whatever thread, when it says that it can't go on
 */
public record PluginRuntime(
        PluginId id,
        String version,
        String node,
        JsonObject config,
        PluginEndpoint endpoint,
        PluginDeployment deployment,
        PermissionGate gate,
        MemoryAccount memory,
        TaskBoard tasks,
        MetricsBoard metrics,
        Supplier<Optional<PluginId>> tableProvider,
        DatabaseDrivers drivers,
        Tally tally,
        long maxWritten,
        WorkFolder workFolder,
        Supplier<StorageLease> storage,
        Consumer<SafeFailure> gaveUp) {}
