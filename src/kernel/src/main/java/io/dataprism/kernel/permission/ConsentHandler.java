package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import io.vertx.core.Future;

/** Asks somebody whether a permission should be granted: a dialog, a console, a policy. May be called from any thread. */
@FunctionalInterface
public interface ConsentHandler {

    /** Ask; a yes is turned into a grant by who calls this. */
    Future<Boolean> ask(Caller caller, Permission permission);

    /** Nobody can be asked: the answer is no. */
    static ConsentHandler nobody() {
        return (caller, permission) -> Future.succeededFuture(false);
    }
}
