package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;

/** Is told of a handler that failed. Called in the failing plugin's slice; must be quick and must not throw. */
@FunctionalInterface
public interface FailureReporter {

    /**
     * @param who whose handler failed
     * @param where what it was handling, for example {@code topic weather.update}
     * @param failure what happened; holds no object of the plugin
     */
    void failed(Caller who, String where, SafeFailure failure);

    /** A receiver ended before it handled what it had taken. */
    default void lost(Loss loss) {}
}
