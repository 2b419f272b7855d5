package io.dataprism.cluster;

import io.dataprism.api.PluginException;
import org.jspecify.annotations.Nullable;

/** The node could not take part in its cluster. */
public final class ClusterException extends PluginException {
    private static final long serialVersionUID = 1L;

    /** The node could not listen or join. */
    public static final String CANNOT_JOIN = "DP-1102";

    /** Another member has the node's name. */
    public static final String NAME_TAKEN = "DP-1103";

    private ClusterException(String code, ClusterOptions options, String reason, @Nullable Throwable cause) {
        super(
                code,
                "Node '" + options.node() + "' cannot take part in cluster '" + options.name() + "': " + reason,
                cause);
    }

    static ClusterException cannotJoin(ClusterOptions options, Throwable cause) {
        return new ClusterException(
                CANNOT_JOIN,
                options,
                cause.getMessage() + " It was to listen at " + options.host() + ":" + options.port()
                        + " (membership) and "
                        + options.host() + ":" + options.busPort()
                        + " (bus). Check that both ports are free and that 'host' is an address of this machine.",
                cause);
    }

    static ClusterException nameTaken(ClusterOptions options) {
        return new ClusterException(
                NAME_TAKEN, options, "another member has this name already. Give each node its own 'node.name'.", null);
    }
}
