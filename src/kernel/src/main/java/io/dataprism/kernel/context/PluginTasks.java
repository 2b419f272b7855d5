package io.dataprism.kernel.context;

import io.dataprism.api.Tasks;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One plugin's tasks. */
final class PluginTasks implements Tasks {
    private static final int MOST = 1_000;

    private final PluginRuntime runtime;
    private final Set<RunningTask<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    PluginTasks(PluginRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public <T> Task<T> start(String name, Body<T> body) {
        if (running.size() >= MOST) {
            throw BlockingWork.tooMuch(runtime, MOST + " tasks running");
        }
        RunningTask<T> task = new RunningTask<>(runtime.tasks().nextId(), runtime.id(), name, runtime.deployment());
        running.add(task);
        runtime.tasks().add(task);
        task.result().onComplete(end -> forget(task));
        runtime.deployment().execute(() -> run(task, body));
        if (closed) {
            // A plugin may keep this object, and a thread of its own may outlive it: nothing else would take the task
            // off.
            end(task);
        }
        return task;
    }

    private static <T> void run(RunningTask<T> task, Tasks.Body<T> body) {
        try {
            task.settle(body.run(task));
        } catch (Throwable failure) {
            task.settle(io.vertx.core.Future.failedFuture(failure));
        }
    }

    private void forget(RunningTask<?> task) {
        running.remove(task);
        runtime.tasks().remove(task);
    }

    @Override
    public List<Task<?>> running() {
        return List.copyOf(running);
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    /** The plugin was destroyed. */
    void close() {
        closed = true;
        running.forEach(this::end);
    }

    private void end(RunningTask<?> task) {
        task.end();
        // The plugin's mailbox may be closed already, so the listener above can't be counted on.
        forget(task);
    }
}
