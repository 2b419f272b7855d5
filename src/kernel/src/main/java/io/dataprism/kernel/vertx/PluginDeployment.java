package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** A plugin that was deployed as a verticle on its own mailbox. Safe to use from any thread. */
public interface PluginDeployment {

    /** As listed by {@code vertx.deploymentIDs()}. */
    String deploymentId();

    /** The plugin's context: whatever runs on it runs in the plugin's slices. Kept from plugins. */
    Context context();

    Mailbox mailbox();

    /** Run {@code action} in a slice, however much waits; dropped when the mailbox is closed. */
    void execute(Runnable action);

    /** Where timers wait. What is scheduled there must be short, and hand over to the mailbox. */
    ScheduledExecutorService clock();

    /** The loader of the plugin's classes. */
    ClassLoader classLoader();

    /** A promise whose future completes in the plugin's slices, whichever thread completes it; one that never waits for the plugin. */
    <T> Promise<T> promise();

    /**
     * The same for what is completed by the plugin's own code or in its slices alone: whoever completes it takes the monitor of its future, which the plugin
     * may hold for ever.
     */
    <T> Promise<T> plainPromise();

    <T> Future<T> succeeded(@Nullable T result);

    <T> Future<T> failed(Throwable cause);

    /**
     * Run {@code work} on a thread that may block; the result arrives in the plugin's slices. Undeploying interrupts what runs.
     */
    <T> Future<T> blocking(Callable<T> work);

    /** Let slices and blocking work begin again, where {@link SliceHook#hold} kept them and does not any more. */
    void release();

    /** Tell the hook what blocking work that is under way has used so far. */
    void meter();

    /** Stop the verticle in its own slice, then close what its context holds (consumers, timers), its blocking lane and its mailbox. */
    Future<Void> undeploy();
}
