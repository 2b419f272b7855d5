package io.dataprism.kernel.lifecycle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that are done again and again, each under a name, so that one that fails keeps no other from being done. A failure is reported once a kind of
 * it, not at each check, until the check succeeds again. Owned by one thread.
 *
 * <p>What a check throws is never thrown on, whatever it is. For an {@link OutOfMemoryError} and a stack that overflowed that holds too: one
 * look allocated or went deep, while the next may do neither, and a node that is short of heap needs its checks most, since they end what is stuck
 * and stop what idles. Thrown on, the error would end nothing but this round: the thread goes on in any case.
 *
 * @param <K> what names a check
 */
public final class Checks<K> {
    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

    private final Report<K> report;
    /** The kinds of failure that were reported: names alone, since a class or throwable would keep the loader of a plugin. */
    private final Map<K, Set<String>> failing = new HashMap<>();

    /** @param report is told of failures, and of their end, on the thread of the checks */
    public Checks(Report<K> report) {
        this.report = report;
    }

    /** Where failures are told. What it throws is logged, and it is told again at the next check. */
    public interface Report<K> {
        /** The check failed in a way in which it has not failed since it last succeeded. */
        void failed(K name, Throwable cause);

        /** The check failed before, and succeeded now. */
        void recovered(K name);
    }

    /** Do {@code check}; never throws. Whether it did not fail. */
    public boolean run(K name, Runnable check) {
        Throwable failure = null;
        try {
            check.run();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        ended(name, failure);
        return failure == null;
    }

    /** The check {@code name} was done elsewhere, and failed with {@code failure}, if any. */
    public void ended(K name, @Nullable Throwable failure) {
        try {
            if (failure != null) {
                tell(name, failure);
            } else if (failing.containsKey(name)) {
                report.recovered(name);
                failing.remove(name);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("What came of the check of {} could not be told", name, e);
        }
    }

    private void tell(K name, Throwable failure) {
        String kind = failure.getClass().getName();
        Set<String> told = failing.computeIfAbsent(name, first -> new HashSet<>());
        if (!told.contains(kind)) {
            report.failed(name, failure);
            told.add(kind);
        }
    }

    /** Forget all checks but those that {@code isDone} names: the others are done no more. */
    public void retain(Predicate<K> isDone) {
        failing.keySet().removeIf(name -> !isDone.test(name));
    }
}
