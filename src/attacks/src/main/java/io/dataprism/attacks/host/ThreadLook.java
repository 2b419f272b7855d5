package io.dataprism.attacks.host;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the thread looks that a plugin is called on. */
final class ThreadLook {
    private ThreadLook() {}

    /** Of the thread that calls. */
    static Map<String, String> look() {
        Thread thread = Thread.currentThread();
        Map<String, String> values = new TreeMap<>();
        values.put("thread's name", thread.getName());
        values.put("thread's priority", String.valueOf(thread.getPriority()));
        values.put("thread's interrupt", String.valueOf(thread.isInterrupted()));
        values.put("thread's class loader", same(thread.getContextClassLoader()));
        values.put("thread's failures", same(thread.getUncaughtExceptionHandler()));
        ThreadGroup group = thread.getThreadGroup();
        values.put("threads' highest priority", group == null ? "" : String.valueOf(group.getMaxPriority()));
        return values;
    }

    private static String same(@Nullable Object object) {
        return String.valueOf(System.identityHashCode(object));
    }
}
