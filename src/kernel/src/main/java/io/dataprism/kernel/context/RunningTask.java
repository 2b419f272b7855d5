package io.dataprism.kernel.context;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginId;
import io.dataprism.api.Tasks;
import io.dataprism.kernel.text.OneLine;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;

/** A task: its body's view and its owner's view of it. Safe to use from any thread; its futures complete in the plugin's slices. */
final class RunningTask<T> implements Tasks.Task<T>, Tasks.Control {
    private static final int LONGEST_TEXT = 200;

    private final String id;
    private final PluginId plugin;
    private final String name;
    private final Instant since = Instant.now();
    private final Promise<T> result;
    private final Promise<Void> cancelled;
    private volatile boolean cancel;
    private volatile double progress;
    private volatile String note = "";

    RunningTask(String id, PluginId plugin, String name, PluginDeployment deployment) {
        this.id = id;
        this.plugin = plugin;
        this.name = OneLine.of(name, LONGEST_TEXT);
        this.result = deployment.promise();
        this.cancelled = deployment.promise();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double progress() {
        return progress;
    }

    @Override
    public String note() {
        return note;
    }

    @Override
    public Future<T> result() {
        return result.future();
    }

    @Override
    public void progress(double fraction, String at) {
        progress = Math.max(0, Math.min(1, Double.isNaN(fraction) ? 0 : fraction));
        note = OneLine.of(at, LONGEST_TEXT);
    }

    @Override
    public boolean isCancelled() {
        return cancel;
    }

    @Override
    public Future<Void> cancelled() {
        return cancelled.future();
    }

    @Override
    public void cancel() {
        cancel = true;
        cancelled.tryComplete();
    }

    /** The plugin stops: whatever the body does, its result is settled now. */
    void end() {
        cancel();
        result.tryFail(new CallException(
                FailureKind.CANCELLED, "Task '" + name + "' of plugin '" + plugin + "' ended with its plugin."));
    }

    void settle(Future<T> body) {
        body.onComplete(end -> {
            if (end.succeeded()) {
                result.tryComplete(end.result());
            } else {
                result.tryFail(end.cause());
            }
        });
    }

    TaskBoard.Entry entry() {
        return new TaskBoard.Entry(id, plugin, name, progress, note, isCancelled(), since);
    }
}
