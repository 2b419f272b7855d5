package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.eventbus.Message;

/**
 * The version of what nodes say to each other: headers, addresses, and the JSON of channels and of the event relay. It stands in a header of every
 * message between nodes. A newer one is refused; one without it is from before there was a second version. A header that may be absent, such as
 * {@link MessageIds#ID}, is no new version.
 */
final class WireVersion {
    static final String HEADER = "dp-wire";
    static final String CODE = "DP-0415";
    static final int CURRENT = 1;
    static final String TEXT = Integer.toString(CURRENT);

    private WireVersion() {}

    /** @throws Newer when {@code message} is another node's and {@code here}, this one, does not understand it */
    static void require(Message<?> message, String here) {
        String version = message.headers().get(HEADER);
        if (version != null && !version.equals(TEXT) && BusAccess.isFromWire(message)) {
            throw new Newer(String.valueOf(message.headers().get(RemoteTrust.NODE)), version, here);
        }
    }

    /** Another node speaks a version that this one does not know. */
    static final class Newer extends PluginException {
        private static final long serialVersionUID = 1L;

        private final String node;

        private Newer(String node, String version, String here) {
            super(
                    CODE,
                    "Node '" + here + "' does not understand node '" + PluginException.excerpt(node)
                            + "': it speaks version " + PluginException.excerpt(version)
                            + " of the format between nodes, expected " + CURRENT
                            + ". Install the same DataPrism on both.");
            this.node = node;
        }

        /** As it names itself. */
        String node() {
            return node;
        }
    }
}
