package io.dataprism.kernel.permission;

import java.time.Instant;
import java.util.Optional;

/**
 * An answer of who was asked for a permission.
 *
 * @param yes whether it is granted
 * @param term how long the answer holds; empty where it is not remembered, so that the next request asks again
 */
public record Consent(boolean yes, Optional<Term> term) {
    /** For one event that is published; for what goes on, such as a subscription or a call, while the plugin runs. */
    public static final Consent ONCE = new Consent(true, Optional.of(Term.ONCE));

    /** Until the plugin stops; a user of the bridge, who does not run, until it is taken back. */
    public static final Consent WHILE_RUNNING = new Consent(true, Optional.of(Term.WHILE_RUNNING));

    /** Until it is taken back. */
    public static final Consent FOR_GOOD = new Consent(true, Optional.of(Term.FOR_GOOD));

    /** Not now. */
    public static final Consent NO = new Consent(false, Optional.empty());

    /** Not now, and don't ask again: denied until that is taken back. */
    public static final Consent NEVER = new Consent(false, Optional.of(Term.FOR_GOOD));

    public Consent {
        if (yes && term.isEmpty()) {
            throw new IllegalArgumentException("A yes holds for some time: say how long.");
        }
    }

    /** Until {@code end}. */
    public static Consent until(Instant end) {
        return new Consent(true, Optional.of(Term.until(end)));
    }
}
