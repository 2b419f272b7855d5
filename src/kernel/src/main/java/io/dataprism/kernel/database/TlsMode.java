package io.dataprism.kernel.database;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a connection is kept from others' eyes. There is none that falls back to a weaker one. */
public enum TlsMode {
    /** In the clear. */
    DISABLE,
    /** TLS, with whoever answers. */
    REQUIRE,
    /** TLS, with a certificate from somebody who is trusted. */
    VERIFY_CA,
    /** The same, and it names the host. */
    VERIFY_FULL;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<TlsMode> of(String label) {
        return Arrays.stream(values())
                .filter(mode -> mode.label().equals(label))
                .findFirst();
    }
}
