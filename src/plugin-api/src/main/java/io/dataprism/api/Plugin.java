package io.dataprism.api;

import io.vertx.core.Future;

/**
 * A plugin. The kernel makes one instance through a public no-argument constructor and then calls, each once and in this
 * order, {@link #initialize}, {@link #capabilities}, {@link #start}, and at the end {@link #stop} and {@link #destroy}.
 *
 * <p><b>Thread.</b> All methods, handlers, timers and future callbacks of one instance run in its slices: one after the other, never
 * two at once, on threads that may change from slice to slice. A method that blocks holds up its own plugin and nobody
 * else; use {@link PluginContext#blocking} for what takes long.
 *
 * <p><b>Deadlines.</b> Each step has one (manifest, {@code limits.steps}). A step that fails or is late is unwound: what was done is undone in
 * reverse order, the plugin's state is {@code error} and the cause stays readable.
 *
 * <p><b>Failure.</b> A method may throw or return a failed future, which is the same. A failing {@code stop} does not keep {@code destroy} from
 * being called.
 *
 * <pre>{@code
 * public final class Greeter implements Plugin {
 *     private PluginContext context;
 *
 *     public Future<Void> initialize(PluginContext given) {
 *         context = given;
 *         return Future.succeededFuture();
 *     }
 *
 *     public Capabilities capabilities() {
 *         return Capabilities.of("greet", call -> Future.succeededFuture("Hello, " + call.json().getString("name") + "!"));
 *     }
 * }
 * }</pre>
 */
public interface Plugin {

    /** Take the context, check the configuration, register subscriptions. Nobody calls the plugin yet. */
    default Future<Void> initialize(PluginContext context) throws Exception {
        return Future.succeededFuture();
    }

    /** The capabilities that others may call at {@code plugin:<id>:<capability>}; each must stand in the manifest. */
    default Capabilities capabilities() {
        return Capabilities.none();
    }

    /** Begin to work. Calls and events arrive once this future has succeeded. */
    default Future<Void> start() throws Exception {
        return Future.succeededFuture();
    }

    /** Finish: nothing new arrives any more, but the facades still work. */
    default Future<Void> stop() throws Exception {
        return Future.succeededFuture();
    }

    /** Release whatever is held. What the context gave (subscriptions, timers, tables) the kernel takes back itself. */
    default Future<Void> destroy() throws Exception {
        return Future.succeededFuture();
    }
}
