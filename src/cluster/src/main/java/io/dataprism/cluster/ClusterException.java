package io.dataprism.cluster;

import io.dataprism.api.PluginException;

/** The node could not take part in its cluster. */
public final class ClusterException extends PluginException {
    private static final long serialVersionUID = 1L;

    /** The code of a node that could not join. */
    public static final String CODE = "DP-1102";

    ClusterException(ClusterOptions options, Throwable cause) {
        super(
                CODE,
                "Node '" + options.node() + "' cannot take part in cluster '" + options.name() + "' at "
                        + options.host() + ":"
                        + options.port() + " (bus port " + options.busPort() + "): " + cause.getMessage()
                        + " Check that both ports are free and that 'host' is an address of this machine.",
                cause);
    }
}
