package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import java.time.Instant;

/**
 * A permission that was given, or denied.
 *
 * @param to whom
 * @param rule what
 * @param by who gave it, for example {@code conf}, {@code operator}, {@code consent}
 * @param reason why, in the words of who gave it; may be empty
 * @param since when
 * @param term how long it holds
 * @param anew whether who gave it says it anew at each start of the node, as conf does, so that it need not be stored
 */
public record Grant(Caller to, PermissionRule rule, String by, String reason, Instant since, Term term, boolean anew) {

    /** Whether it is to be there again after the node's end. */
    boolean outlives() {
        return !anew && term.outlives();
    }

    public Permission permission() {
        return rule.permission();
    }

    /** Whether it takes away. */
    public boolean denies() {
        return rule.denies();
    }
}
