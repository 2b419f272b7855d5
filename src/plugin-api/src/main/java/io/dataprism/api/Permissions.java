package io.dataprism.api;

import io.vertx.core.Future;

/** What this plugin may do. Permissions are written {@code <name>} or {@code <name>:<scope>}. */
public interface Permissions {

    /** Whether it was granted. */
    boolean check(String permission);

    /**
     * Whether it was granted, as an exception.
     *
     * @throws PermissionDeniedException that says which permission, and the way to grant it
     */
    void require(String permission);

    /**
     * Ask for it. Answers {@code false} where nobody can be asked, and fails with {@code DP-0504} where too many other questions of this
     * plugin wait for an answer.
     */
    Future<Boolean> request(String permission);
}
