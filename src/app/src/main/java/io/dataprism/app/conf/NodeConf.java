package io.dataprism.app.conf;

import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.desired.DesiredState;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A node's checked configuration. Its JSON still holds the references to secrets; {@link #desired}, {@link #gateway} and {@link #cluster} hold what
 * they stand for, and are not to be shown.
 *
 * @param json the configuration as it was merged
 * @param kernel the kernel's options, the data folder among them
 * @param data the data folder
 * @param desired the plugins wanted, with their sources as absolute paths
 * @param gateway the section {@code gateway}, where there is one
 * @param cluster the section {@code cluster}, empty where there is none
 * @param fingerprint of all that it was read from, by which a later reading is told from this one
 */
public record NodeConf(
        JsonObject json,
        KernelOptions kernel,
        Path data,
        DesiredState desired,
        Optional<JsonObject> gateway,
        JsonObject cluster,
        String fingerprint) {

    /** The same, with other plugins and another gateway. */
    public NodeConf with(DesiredState plugins, Optional<JsonObject> bridge) {
        return new NodeConf(json, kernel, data, plugins, bridge, cluster, fingerprint);
    }

    /** Whether the node ends where a thread is lost to a plugin's code. */
    public boolean endsWhenStuck() {
        return "restart".equals(json.getJsonObject("node", new JsonObject()).getString("stuck"));
    }

    @Override
    public String toString() {
        return json.encode();
    }
}
