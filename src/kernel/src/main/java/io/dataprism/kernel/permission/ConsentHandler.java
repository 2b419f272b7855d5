package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import io.vertx.core.Future;

/**
 * Asks somebody whether a permission should be granted: a dialog, a console, a policy. Called by the kernel on a context of the host's Vertx; one
 * question at a time for the same caller and permission. An answer that fails counts as no.
 */
@FunctionalInterface
public interface ConsentHandler {

    /** Ask; a yes is turned into a grant by who calls this. */
    Future<Boolean> ask(Caller caller, Permission permission);

    /** Nobody can be asked: the answer is no. */
    static ConsentHandler nobody() {
        return (caller, permission) -> Future.succeededFuture(false);
    }
}
