package io.dataprism.kernel.vertx;

import org.jspecify.annotations.Nullable;

/** How a thread was before a plugin's code ran on it; what that changed must not meet the next plugin. */
final class CleanThread {
    private final String name;
    private final int priority;
    private final @Nullable ClassLoader loader;
    private final Thread.UncaughtExceptionHandler uncaught;

    CleanThread(Thread thread) {
        name = thread.getName();
        priority = thread.getPriority();
        loader = thread.getContextClassLoader();
        uncaught = thread.getUncaughtExceptionHandler();
    }

    /** Make {@code thread}, which is the calling one, as it was. */
    @SuppressWarnings("ThreadPriorityCheck") // back to what it was, whatever the plugin made of it
    void restore(Thread thread) {
        Thread.interrupted();
        if (thread.getContextClassLoader() != loader) {
            thread.setContextClassLoader(loader);
        }
        if (thread.getPriority() != priority) {
            thread.setPriority(priority);
        }
        if (!thread.getName().equals(name)) {
            thread.setName(name);
        }
        if (thread.getUncaughtExceptionHandler() != uncaught) {
            thread.setUncaughtExceptionHandler(uncaught);
        }
    }
}
