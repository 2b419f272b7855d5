package io.dataprism.kernel.context;

import io.dataprism.api.Cache;
import io.dataprism.api.Calls;
import io.dataprism.api.Channels;
import io.dataprism.api.Databases;
import io.dataprism.api.Events;
import io.dataprism.api.Http;
import io.dataprism.api.Log;
import io.dataprism.api.MemoryAccount;
import io.dataprism.api.Metrics;
import io.dataprism.api.Permissions;
import io.dataprism.api.PluginContext;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginFiles;
import io.dataprism.api.PluginId;
import io.dataprism.api.Records;
import io.dataprism.api.Routes;
import io.dataprism.api.Storage;
import io.dataprism.api.Tables;
import io.dataprism.api.Tasks;
import io.dataprism.api.Timers;
import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.kernel.vertx.Mailbox;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One plugin's context. After {@link #close} every use fails with {@code DP-0191}. Safe to use from any thread. */
public final class KernelPluginContext implements PluginContext {
    private final PluginRuntime runtime;
    private volatile JsonObject config;
    private volatile @Nullable PluginLog log;
    private volatile @Nullable PluginTimers timers;
    private volatile @Nullable Extras extras;
    private volatile boolean closed;

    public KernelPluginContext(PluginRuntime runtime) {
        this.runtime = runtime;
        this.config = runtime.config();
    }

    /** What {@link #config} answers from now on. */
    public void configure(JsonObject next) {
        config = next.copy();
    }

    /** Whether work of the plugin goes on outside its slices: a task, blocking work, a request, something on its storage. */
    public boolean isWorking() {
        Extras made = extras;
        return made != null && made.isWorking();
    }

    /**
     * End tasks and timers, forget cache and metrics, and let every later use fail.
     *
     * @return complete once what was begun on its storage is done; on any thread
     */
    public Future<Void> close() {
        // Not this object's own monitor, which the plugin may hold for ever.
        synchronized (runtime) {
            closed = true;
            if (timers != null) {
                timers.close();
            }
            return extras == null ? Future.succeededFuture() : extras.close();
        }
    }

    /** Close the files that were left open, and discard those that were not committed. Blocks; after {@link #close}. */
    public void closeFiles() {
        Extras made = extras;
        if (made != null) {
            made.files().close();
        }
    }

    private Extras extras() {
        requireOpen();
        Extras made = extras;
        return made == null ? makeExtras() : made;
    }

    /** Under the lock that {@link #close} takes: what is made is closed, or not made any more. */
    private Extras makeExtras() {
        synchronized (runtime) {
            requireOpen();
            Extras made = extras == null ? new Extras(runtime) : extras;
            extras = made;
            return made;
        }
    }

    private PluginTimers makeTimers() {
        synchronized (runtime) {
            requireOpen();
            PluginTimers made = timers == null ? new PluginTimers(runtime) : timers;
            timers = made;
            return made;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw ended();
        }
    }

    private PluginException ended() {
        return new PluginException(
                "DP-0191",
                "Plugin '" + runtime.id()
                        + "' was destroyed; its context can't be used any more. Don't keep it past destroy().");
    }

    @Override
    public PluginId id() {
        return runtime.id();
    }

    @Override
    public String version() {
        return runtime.version();
    }

    @Override
    public String node() {
        return runtime.node();
    }

    @Override
    public JsonObject config() {
        requireOpen();
        return config.copy();
    }

    @Override
    public void fail(Throwable cause) {
        requireOpen();
        runtime.gaveUp().accept(SafeFailure.copy(Objects.requireNonNull(cause)));
    }

    @Override
    public Events events() {
        requireOpen();
        return runtime.endpoint().events();
    }

    @Override
    public Channels channels() {
        requireOpen();
        return runtime.endpoint().channels();
    }

    @Override
    public Calls calls() {
        requireOpen();
        return runtime.endpoint().calls();
    }

    @Override
    public JsonObject freeze(JsonObject payload) {
        requireOpen();
        return runtime.endpoint().freeze(payload);
    }

    @Override
    public JsonArray freeze(JsonArray payload) {
        requireOpen();
        return runtime.endpoint().freeze(payload);
    }

    @Override
    public Buffer freeze(Buffer payload) {
        requireOpen();
        return runtime.endpoint().freeze(payload);
    }

    @Override
    public Records records() {
        requireOpen();
        return runtime.endpoint().records();
    }

    @Override
    public Timers timers() {
        requireOpen();
        PluginTimers made = timers;
        return made == null ? makeTimers() : made;
    }

    @Override
    public Tasks tasks() {
        return extras().tasks();
    }

    @Override
    public Log log() {
        // Not closed with the rest: what goes wrong in destroy() is worth a line, too.
        PluginLog made = log;
        if (made == null) {
            made = new PluginLog(runtime.id(), runtime.tally());
            log = made;
        }
        return made;
    }

    @Override
    public Permissions permissions() {
        return extras().permissions();
    }

    @Override
    public MemoryAccount memory() {
        return extras().memory();
    }

    @Override
    public Tables tables() {
        return extras().tables();
    }

    @Override
    public Http http() {
        return extras().http();
    }

    @Override
    public Databases databases() {
        return extras().databases();
    }

    @Override
    public Cache cache() {
        return extras().cache();
    }

    @Override
    public Metrics metrics() {
        return extras().metrics();
    }

    @Override
    public PluginFiles files() {
        return extras().files();
    }

    @Override
    public Storage storage() {
        return extras().storage().orElseThrow(this::ended);
    }

    @Override
    public Routes routes() {
        throw notOffered("http routes", "Offer a capability until it does: the bridge reaches it.");
    }

    private PluginException notOffered(String what, String instead) {
        requireOpen();
        return new PluginException(
                "DP-0190",
                "Plugin '" + runtime.id() + "' asked for " + what + ", which node '" + runtime.node()
                        + "' does not offer. " + instead);
    }

    @Override
    public Path workFolder() {
        requireOpen();
        return runtime.workFolder().made();
    }

    @Override
    public <T> Future<T> blocking(Callable<T> work) {
        return extras().blocking().run(work);
    }

    @Override
    public <T> Promise<T> promise() {
        requireOpen();
        return runtime.deployment().plainPromise();
    }

    @Override
    public void execute(Runnable action) {
        requireOpen();
        Mailbox mailbox = runtime.deployment().mailbox();
        if (!mailbox.offer(action)) {
            throw mailbox.isClosed()
                    ? ended()
                    : BlockingWork.tooMuch(runtime, mailbox.limits().messages() + " messages and actions waiting");
        }
    }
}
