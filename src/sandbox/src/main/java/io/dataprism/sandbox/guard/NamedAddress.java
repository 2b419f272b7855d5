package io.dataprism.sandbox.guard;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether an address object's name is to be believed. Whoever makes one of bytes gives it any name, and so does whoever answers for the bytes when they are
 * looked up backwards; the connection goes where the bytes say.
 */
final class NamedAddress {
    private NamedAddress() {}

    /** Whether the name that {@code value} has leads elsewhere. Only to be asked of one whose name is granted, since it is looked up: blocks. */
    static boolean isForged(@Nullable Object value) {
        if (!(value instanceof InetSocketAddress socket) || socket.getClass() != InetSocketAddress.class) {
            return false;
        }
        InetAddress address = socket.getAddress();
        String name = socket.getHostString();
        // Without an address the JDK looks the name up by itself, when it connects.
        return address != null && !name.equals(address.getHostAddress()) && !leadsTo(name, address);
    }

    private static boolean leadsTo(String name, InetAddress address) {
        try {
            return Arrays.asList(InetAddress.getAllByName(name)).contains(address);
        } catch (UnknownHostException nowhere) {
            return false;
        }
    }

    /** The address and the port of one whose name is not believed. */
    static String numbers(InetSocketAddress socket) {
        return socket.getAddress().getHostAddress() + ":" + socket.getPort();
    }
}
