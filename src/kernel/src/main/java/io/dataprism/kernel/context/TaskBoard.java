package io.dataprism.kernel.context;

import io.dataprism.api.PluginId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The running tasks of all plugins of a node, for the operator to watch and cancel. Safe to use from any thread. */
public final class TaskBoard {
    private final Map<String, RunningTask<?>> running = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    /** A task as the operator sees it. */
    public record Entry(
            String id, PluginId plugin, String name, double progress, String note, boolean cancelled, Instant since) {
        public JsonObject toJson() {
            return new JsonObject()
                    .put("id", id)
                    .put("plugin", plugin.value())
                    .put("name", name)
                    .put("progress", progress)
                    .put("note", note)
                    .put("cancelled", cancelled)
                    .put("since", since.toString());
        }
    }

    /** What runs now, the oldest first. */
    public List<Entry> list() {
        return running.values().stream()
                .map(RunningTask::entry)
                .sorted(Comparator.comparing(Entry::since).thenComparing(Entry::id))
                .toList();
    }

    /** Ask for the end of a task; whether there is such a task. */
    public boolean cancel(String id) {
        RunningTask<?> task = running.get(id);
        if (task == null) {
            return false;
        }
        task.cancel();
        return true;
    }

    String nextId() {
        return "task-" + ids.incrementAndGet();
    }

    void add(RunningTask<?> task) {
        running.put(task.id(), task);
    }

    void remove(RunningTask<?> task) {
        running.remove(task.id());
    }
}
