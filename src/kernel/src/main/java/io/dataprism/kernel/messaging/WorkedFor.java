package io.dataprism.kernel.messaging;

/**
 * A call for which more can be done than its handler does while it runs: for a plugin whose code runs elsewhere, and whose calls arrive here one by one. In
 * the plugin's slices.
 */
public interface WorkedFor {

    /** What is done. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T done() throws E;
    }

    /** Do {@code work} as if the handler did: what it sends is sent for this call, and waits no longer than its caller does. */
    <T, E extends Exception> T onBehalf(Work<T, E> work) throws E;
}
