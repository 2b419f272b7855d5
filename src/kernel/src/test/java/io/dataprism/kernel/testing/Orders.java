package io.dataprism.kernel.testing;

import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;

/** Runs a model under many orders of its threads' steps. */
public final class Orders {
    private static final int ATTEMPTS = 3;

    private Orders() {}

    /**
     * Run {@code model} under {@code orders} orders. What is found wrong is shown step by step. Lincheck also ends an order that takes it some
     * seconds by the clock, and then has no steps to show: on a busy machine that is often its first one, while classes are still being rewritten,
     * and it says nothing about the model; so that is tried again.
     */
    public static void run(int orders, Runnable model) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                Lincheck.runConcurrentTest(orders, model);
                return;
            } catch (LincheckAssertionError found) {
                boolean late = String.valueOf(found.getMessage()).strip().endsWith("has hung =");
                if (!late || attempt == ATTEMPTS) {
                    throw found;
                }
            }
        }
    }
}
