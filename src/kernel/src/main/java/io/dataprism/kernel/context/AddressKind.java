package io.dataprism.kernel.context;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Whether an address is one of the open internet, or of a network, or machine, that a name from outside must not lead into unseen. */
final class AddressKind {
    private AddressKind() {}

    /** Private, loopback, link-local (where clouds keep their metadata), shared, multicast, unspecified or reserved. */
    static boolean isInner(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isInner4(bytes, 0) : isInner6(bytes);
    }

    private static boolean isInner4(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        int third = bytes[at + 2] & 0xff;
        return first == 0
                || first == 10
                || first == 127
                || first >= 224
                || (first == 169 && second == 254)
                || (first == 172 && second >> 4 == 1)
                || (first == 192 && second == 168)
                || (first == 100 && second >> 6 == 1)
                || (first == 192 && second == 0 && third == 0)
                || (first == 198 && second >> 1 == 9);
    }

    /** Also where an IPv4 address is written within: mapped, compatible, translated, 6to4. */
    private static boolean isInner6(byte[] bytes) {
        boolean unique = (bytes[0] & 0xfe) == 0xfc;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        boolean translated =
                bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        boolean low = true;
        for (int i = 0; i < 10; i++) {
            low &= bytes[i] == 0;
        }
        return unique || (sixToFour && isInner4(bytes, 2)) || ((translated || low) && isInner4(bytes, 12));
    }
}
