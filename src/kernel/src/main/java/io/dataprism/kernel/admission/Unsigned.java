package io.dataprism.kernel.admission;

import java.util.Locale;

/** What becomes of an artifact that nobody signed whom the policy trusts. */
public enum Unsigned {
    /** It is installed. */
    ALLOW,
    /** It is installed where somebody named its very bytes, by their SHA-256. */
    ASK,
    /** It is refused. */
    REFUSE;

    /** As the configuration writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
