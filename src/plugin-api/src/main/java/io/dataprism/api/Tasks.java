package io.dataprism.api;

import io.vertx.core.Future;
import java.util.List;

/**
 * Long work that an operator can watch and cancel.
 *
 * <pre>{@code
 * Tasks.Task<String> task = context.tasks().start("import", control -> {
 *     control.progress(0.5, "half of it");
 *     return control.isCancelled() ? Future.failedFuture("cancelled") : Future.succeededFuture("all of it");
 * });
 * task.result().onSuccess(done -> context.log().info(done));
 * }</pre>
 */
public interface Tasks {

    /**
     * Start a task. Its body runs in the plugin's slices and may hand parts to {@link PluginContext#blocking}.
     *
     * @throws PluginException {@code DP-0199} where 1,000 tasks are running
     */
    <T> Task<T> start(String name, Body<T> body);

    /** The tasks of this plugin that still run. */
    List<Task<?>> running();

    /** What a task does. */
    @FunctionalInterface
    interface Body<T> {
        Future<T> run(Control control) throws Exception;
    }

    /** A task's own view of itself. Safe to use from any thread. */
    interface Control {
        /**
         * Tell how far it is.
         *
         * @param fraction from 0 to 1
         * @param note what it is at now
         */
        void progress(double fraction, String note);

        /** Whether somebody asked for the end; the body should then stop soon and fail. */
        boolean isCancelled();

        /** Completes when somebody asks for the end. */
        Future<Void> cancelled();
    }

    /** A task that was started. */
    interface Task<T> {
        String id();

        String name();

        /** From 0 to 1, as told by the body. */
        double progress();

        String note();

        /** The body's result. */
        Future<T> result();

        /** Ask for the end. The result fails with {@link FailureKind#CANCELLED} at the latest when the plugin stops. */
        void cancel();
    }
}
