package io.dataprism.kernel.context;

import io.dataprism.kernel.permission.Permission;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;

/**
 * Where a connection goes: to the very address that was looked at.
 *
 * @param origin whose name is spoken to whoever answers there
 */
record Destination(Origin origin, InetAddress address) {

    /** What it takes to connect to the address by itself. */
    Permission byAddress() {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String number = zone < 0 ? text : text.substring(0, zone);
        return origin.permissionFor(number.contains(":") ? "[" + number + "]" : number);
    }

    /** Numbers, which nobody looks up again. */
    SocketAddress server() {
        return SocketAddress.inetSocketAddress(origin.port(), address.getHostAddress());
    }

    /** Whether the name is the one that every machine has for itself, and leads there. */
    boolean isLocalhost() {
        return address.isLoopbackAddress()
                && (origin.host().equals("localhost") || origin.host().endsWith(".localhost"));
    }
}
