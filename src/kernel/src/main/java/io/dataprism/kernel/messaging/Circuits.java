package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.CircuitBreaker;
import io.dataprism.api.FailureKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breakers of one caller. Only what failed lately is held; the time comes with each question. Safe to use from any thread.
 */
final class Circuits {
    /** A caller that calls so many failing capabilities at once calls the others without. */
    private static final int MOST = 1_000;

    private static final Set<FailureKind> COUNTED =
            EnumSet.of(FailureKind.FAILED, FailureKind.LATE, FailureKind.BUSY, FailureKind.NOT_RUNNING);

    private final Map<String, Circuit> failing = new HashMap<>();

    /** What failed lately. */
    private static final class Circuit {
        private int failures;
        private boolean open;
        private long until;
        /** Whether the one call is under way that is let through after that time. */
        private boolean trying;

        CircuitState state(String what, long now) {
            return new CircuitState(what, failures, open, Duration.ofNanos(open ? Math.max(0, until - now) : 0));
        }
    }

    /**
     * Leave to make a call, to be given back with what became of it.
     *
     * @param trial whether it is the one that decides
     */
    record Pass(String what, boolean trial) {}

    /** How many nanoseconds are left until {@code what} is tried again; 0: it is being tried, or may be. */
    synchronized long left(String what, long now) {
        Circuit circuit = failing.get(what);
        return circuit == null || !circuit.open ? 0 : Math.max(0, circuit.until - now);
    }

    /** Take leave to call {@code what} at {@code now}; null: it may not be called. */
    synchronized @Nullable Pass pass(String what, long now) {
        Circuit circuit = failing.get(what);
        if (circuit == null || !circuit.open) {
            return new Pass(what, false);
        }
        if (circuit.trying || now - circuit.until < 0) {
            return null;
        }
        circuit.trying = true;
        return new Pass(what, true);
    }

    /** The call that {@code pass} let through ended with {@code failure}, or well. */
    synchronized void ended(Pass pass, @Nullable Throwable failure, CircuitBreaker rule, long now) {
        Circuit circuit = failing.get(pass.what());
        // What was let through before it opened says nothing of now.
        boolean decides = circuit == null || !circuit.open || pass.trial();
        if (failure == null) {
            if (decides) {
                failing.remove(pass.what());
            }
        } else if (isCounted(failure)) {
            if (decides) {
                failed(pass, circuit, rule, now);
            }
        } else if (pass.trial() && circuit != null) {
            circuit.trying = false;
        }
    }

    private void failed(Pass pass, @Nullable Circuit known, CircuitBreaker rule, long now) {
        Circuit circuit = known;
        if (circuit == null) {
            if (failing.size() >= MOST) {
                return;
            }
            circuit = new Circuit();
            failing.put(pass.what(), circuit);
        }
        circuit.failures++;
        circuit.trying = false;
        if (pass.trial() || circuit.failures >= rule.failures()) {
            circuit.open = true;
            circuit.until = now + Deadlines.nanos(rule.open());
        }
    }

    /** What failed lately, and whether it is called at {@code now}, in no order. */
    synchronized List<CircuitState> states(long now) {
        return failing.entrySet().stream()
                .map(entry -> entry.getValue().state(entry.getKey(), now))
                .toList();
    }

    private static boolean isCounted(Throwable failure) {
        return !(failure instanceof CallException call) || COUNTED.contains(call.kind());
    }
}
