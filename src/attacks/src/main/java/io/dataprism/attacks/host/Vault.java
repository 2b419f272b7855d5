package io.dataprism.attacks.host;

/** State of the host that no plugin is to see or to change. Its fields are what attacks aim at. */
final class Vault {
    private static String word = "";
    private static boolean locked = true;

    private Vault() {}

    /** Lock a word in. */
    static void close(String secret) {
        word = secret;
        locked = true;
    }

    /** What only attacks call, past all that keeps them from it. */
    private static void unlock() {
        locked = false;
    }

    static String word() {
        return word;
    }

    /** Whether nobody changed it. The fields are attacked past the language, so nothing here may be taken for constant. */
    static boolean isIntact() {
        if (word.isEmpty()) {
            unlock();
        }
        return locked && !Vault.class.desiredAssertionStatus();
    }
}
