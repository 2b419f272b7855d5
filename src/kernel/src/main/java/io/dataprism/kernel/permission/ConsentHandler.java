package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import io.vertx.core.Future;
import java.util.function.BiFunction;

/**
 * Asks somebody whether a permission should be granted: a dialog, a console, a policy. Called by the kernel on a context of the host's Vertx; one
 * question at a time for the same caller and permission. An answer that fails counts as no.
 */
@FunctionalInterface
public interface ConsentHandler {

    /** Ask; a yes is turned into a grant for good by who calls this, a no is not remembered. */
    Future<Boolean> ask(Caller caller, Permission permission);

    /** Ask, and let who is asked say how long the answer holds. This is what the kernel calls. */
    default Future<Consent> decide(Caller caller, Permission permission) {
        return ask(caller, permission).map(yes -> yes ? Consent.FOR_GOOD : Consent.NO);
    }

    /** One whose answers say how long they hold. */
    static ConsentHandler deciding(BiFunction<Caller, Permission, Future<Consent>> decision) {
        return new ConsentHandler() {
            @Override
            public Future<Boolean> ask(Caller caller, Permission permission) {
                return decide(caller, permission).map(Consent::yes);
            }

            @Override
            public Future<Consent> decide(Caller caller, Permission permission) {
                return decision.apply(caller, permission);
            }
        };
    }

    /** Nobody can be asked: the answer is no. */
    static ConsentHandler nobody() {
        return (caller, permission) -> Future.succeededFuture(false);
    }
}
