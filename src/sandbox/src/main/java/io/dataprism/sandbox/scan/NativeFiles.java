package io.dataprism.sandbox.scan;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells native libraries and programs by their first bytes, and by their names. */
final class NativeFiles {
    /** How many bytes are needed. */
    static final int HEAD = 1024;

    private static final Pattern NAME = Pattern.compile(".*\\.(so|dll|dylib|jnilib)([._]\\w+)*");
    private static final int ELF = 0x7F454C46;
    private static final int PORTABLE = 0x50450000;
    private static final int FAT = 0xCAFEBABE;
    private static final int MOST_IN_FAT = 40;

    private NativeFiles() {}

    /** Whether a file is one. */
    static boolean isNative(String name, byte[] head) {
        int first = four(head, 0);
        return switch (first) {
            case ELF, 0xFEEDFACE, 0xFEEDFACF, 0xCEFAEDFE, 0xCFFAEDFE -> true;
            case FAT -> four(head, 4) > 0 && four(head, 4) < MOST_IN_FAT;
            default ->
                (first >>> 16 == 0x4D5A && isPortable(head))
                        || (NAME.matcher(name.toLowerCase(Locale.ROOT)).matches() && isBinary(head));
        };
    }

    private static boolean isPortable(byte[] head) {
        int at = Integer.reverseBytes(four(head, 60));
        return at > 0 && at <= head.length - 4 && four(head, at) == PORTABLE;
    }

    /** A text of such a name is none, a locale's texts for instance. */
    private static boolean isBinary(byte[] head) {
        for (byte b : head) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private static int four(byte[] head, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            value = (value << 8) | (i < head.length ? head[i] & 0xFF : 0);
        }
        return value;
    }
}
