package io.dataprism.kernel.admission;

import java.util.Locale;

/** What becomes of an artifact that says it holds a library with a known weakness. */
public enum Vulnerable {
    /** It is installed, and told. */
    WARN,
    /** It is refused. */
    REFUSE;

    /** As the configuration writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
