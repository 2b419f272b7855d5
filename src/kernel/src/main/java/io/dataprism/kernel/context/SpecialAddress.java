package io.dataprism.kernel.context;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses that are not the internet's: of this machine, of the network that it stands in, of what clouds tell their machines. Whoever may ask for a name has
 * not thereby been granted these, since who owns the name says where it leads.
 */
final class SpecialAddress {
    private SpecialAddress() {}

    /** What kind of address it is, to stand behind "a"; empty for one of the internet's. */
    static Optional<String> kind(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? four(bytes) : six(bytes);
    }

    private static Optional<String> four(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (first == 127) {
            return Optional.of("loopback address");
        }
        if (first == 10 || (first == 172 && second >> 4 == 1) || (first == 192 && second == 168)) {
            return Optional.of("private address");
        }
        if (first == 169 && second == 254) {
            return Optional.of("link-local address, where clouds answer with credentials");
        }
        // The one from which Azure's machines get theirs.
        if (Arrays.equals(bytes, new byte[] {(byte) 168, 63, (byte) 129, 16})) {
            return Optional.of("cloud's own address, where it answers with credentials");
        }
        boolean shared = first == 100 && second >> 6 == 1;
        boolean special = first == 192 && second == 0 && (bytes[2] == 0 || bytes[2] == 2);
        boolean trials = first == 198 && (second >> 1 == 9 || (second == 51 && bytes[2] == 100));
        boolean documents = first == 203 && second == 0 && bytes[2] == 113;
        return first == 0 || first >= 224 || shared || special || trials || documents
                ? Optional.of("reserved address")
                : Optional.empty();
    }

    /** Of what is not told apart here, only what is global unicast is the internet's. */
    private static Optional<String> six(byte[] bytes) {
        if (begins(bytes, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) {
            return four(Arrays.copyOfRange(bytes, 12, 16));
        }
        if (begins(bytes, 0x20, 0x02)) {
            return four(Arrays.copyOfRange(bytes, 2, 6));
        }
        boolean global = (bytes[0] & 0xe0) == 0x20;
        boolean tunnel = begins(bytes, 0x20, 0x01, 0, 0);
        boolean documents = begins(bytes, 0x20, 0x01, 0x0d, 0xb8) || begins(bytes, 0x3f, 0xff);
        if (global && !tunnel && !documents) {
            return Optional.empty();
        }
        return Optional.of(
                (bytes[0] & 0xfe) == 0xfc
                        ? "private address"
                        : (bytes[0] & 0xff) == 0xfe
                                ? "link-local address"
                                : "address of this machine, or a reserved one");
    }

    private static boolean begins(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if ((bytes[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
