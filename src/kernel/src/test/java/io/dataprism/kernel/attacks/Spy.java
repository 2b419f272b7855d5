package io.dataprism.kernel.attacks;

import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BiConsumer;

/**
 * Sees where code of a hostile plugin's objects runs: the objects call it whenever one of their methods is called, on that thread. In a slice of the
 * plugin's own is what is allowed, and under no lock of the kernel's or of Vert.x.
 */
final class Spy implements BiConsumer<ClassLoader, String> {
    private static final String KEY = "dataprism.test.spy";

    private final Set<String> seen = new ConcurrentSkipListSet<>();
    private final Set<String> wrong = new ConcurrentSkipListSet<>();

    /** What the plugins' {@code ran(…)} calls from now on. */
    static Spy placed() {
        Spy spy = new Spy();
        System.getProperties().put(KEY, spy);
        return spy;
    }

    /** What {@link Hostile} calls it by. */
    static String key() {
        return KEY;
    }

    @Override
    public void accept(ClassLoader owner, String method) {
        seen.add(method);
        Thread here = Thread.currentThread();
        if (here.getContextClassLoader() != owner) {
            wrong.add(method + " on " + here.getName());
        }
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(new long[] {here.getId()}, true, true)[0];
        for (MonitorInfo held : info.getLockedMonitors()) {
            if (held.getClassName().startsWith("io.")) {
                wrong.add(method + " under the lock of a " + held.getClassName());
            }
        }
    }

    /** Which methods were called at all. */
    Set<String> seen() {
        return Set.copyOf(seen);
    }

    /** Which of them where they may not be. */
    Set<String> wrong() {
        return Set.copyOf(wrong);
    }
}
