package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import java.time.Instant;

/**
 * A permission that was given.
 *
 * @param to whom
 * @param permission what
 * @param by who gave it, for example {@code conf/kernel.yaml}, {@code operator}
 * @param reason why, in the words of who gave it; may be empty
 * @param since when
 */
public record Grant(Caller to, Permission permission, String by, String reason, Instant since) {}
