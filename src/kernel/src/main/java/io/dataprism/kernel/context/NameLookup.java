package io.dataprism.kernel.context;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses that a name has now. */
@FunctionalInterface
interface NameLookup {

    /** Of {@code host}, which may be an address itself. Completes in the plugin's slices; fails where it has none. */
    Future<List<InetAddress>> addresses(String host);

    /** The one of the JDK, on the plugin's threads for blocking work. */
    static NameLookup on(BlockingWork blocking) {
        return host -> blocking.run(() -> List.of(InetAddress.getAllByName(host)));
    }
}
