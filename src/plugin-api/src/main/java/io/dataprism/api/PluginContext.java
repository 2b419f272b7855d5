package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * What a plugin holds of the world, and who it is: the kernel takes whoever uses this object for the plugin it was made for. Don't
 * hand it out. After the plugin was destroyed every use fails.
 *
 * <p>Facades may be used from the plugin's slices and from threads it started; what they return completes in its slices.
 *
 * <pre>{@code
 * int most = context.config().getInteger("most", 10);
 * context.log().info("Plugin " + context.id() + " keeps " + most + " lines in " + context.workFolder());
 * Future<Long> lines = context.blocking(() -> {
 *     try (var all = java.nio.file.Files.lines(context.workFolder().resolve("log.txt"))) {
 *         return all.limit(most).count();
 *     }
 * });
 * }</pre>
 */
public interface PluginContext {

    PluginId id();

    /** This plugin's own version, as its manifest says. */
    String version();

    /** The name of the node it runs on. */
    String node();

    /** The configuration, checked against the manifest's schema, with defaults filled in and references resolved. A copy. */
    JsonObject config();

    /**
     * Say that this plugin can't go on: its state is lost, what it can't do without is gone. It is stopped without waiting for what it has not finished, and
     * then what its supervision says happens: it is started again after a pause, rests, or is quarantined. May be called on any of its threads; once is
     * enough. A failing handler or timer is no such failure by itself.
     *
     * @param cause what is shown of it
     * @throws PluginException {@code DP-0190} where this node supervises no plugins
     */
    default void fail(Throwable cause) {
        throw new PluginException(
                "DP-0190",
                "Plugin '" + id() + "' gave itself up, but node '" + node()
                        + "' supervises no plugins. Fail what is asked of it instead.");
    }

    Events events();

    Channels channels();

    Calls calls();

    /**
     * The record types that it sends as they are.
     *
     * @throws PluginException {@code DP-0190} where this node offers none
     */
    default Records records() {
        throw new PluginException(
                "DP-0190",
                "Plugin '" + id() + "' asked for records, which node '" + node() + "' does not offer. Send JSON.");
    }

    /**
     * The same JSON for sending it often: nobody can change it, it passes by reference and is never copied again. What it is made of is copied
     * once, now, unless it was frozen before or came in a message. Reading it works as ever; writing throws, and {@code copy()} makes one to write to.
     *
     * @throws PluginException {@code DP-0403}, {@code DP-0404}, {@code DP-0405} or {@code DP-0413} where it could not be sent
     */
    default JsonObject freeze(JsonObject payload) {
        throw noFreezing();
    }

    /** The same for an array. */
    default JsonArray freeze(JsonArray payload) {
        throw noFreezing();
    }

    /** The same for bytes. */
    default Buffer freeze(Buffer payload) {
        throw noFreezing();
    }

    private PluginException noFreezing() {
        return new PluginException(
                "DP-0190",
                "Plugin '" + id() + "' wanted to freeze a payload, which node '" + node()
                        + "' does not offer. Send it as it is.");
    }

    Timers timers();

    Tasks tasks();

    Log log();

    Permissions permissions();

    MemoryAccount memory();

    /** Tables by handle, kept by whichever plugin provides {@link TableService}. */
    Tables tables();

    Http http();

    /**
     * Databases outside.
     *
     * @throws PluginException {@code DP-0190} where this node offers none
     */
    default Databases databases() {
        throw new PluginException(
                "DP-0190",
                "Plugin '" + id() + "' asked for databases, which node '" + node()
                        + "' does not offer. Run it on one that does.");
    }

    /**
     * Storage that outlives restarts.
     *
     * @throws PluginException {@code DP-0190} where this node offers none
     */
    Storage storage();

    /** What this plugin keeps in memory as long as there is room. */
    Cache cache();

    /** Numbers about this plugin's work. */
    Metrics metrics();

    /** Files of its work folder, and those that it was granted. */
    PluginFiles files();

    /**
     * Http routes under the node's gateway.
     *
     * @throws PluginException {@code DP-0190} where this node offers none
     */
    Routes routes();

    /**
     * A folder of this plugin's own for temporary files: made, empty, when it is first asked for after a load, removed at unload.
     *
     * @throws PluginException {@code DP-0252} where it can't be made
     */
    Path workFolder();

    /**
     * Run {@code work} on a thread that may block; several may run at once. The result arrives in the plugin's slices. Stopping the
     * plugin interrupts what still runs.
     *
     * @return fails with {@code DP-0199} where 10,000 are under way
     */
    <T> Future<T> blocking(Callable<T> work);

    /** A promise whose future completes in the plugin's slices, whichever thread completes it. */
    <T> Promise<T> promise();

    /**
     * Run {@code action} in a slice of this plugin, after what waits already. It counts as a message in the mailbox.
     *
     * @throws PluginException {@code DP-0199} where the mailbox is full
     */
    void execute(Runnable action);
}
