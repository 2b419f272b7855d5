package io.dataprism.kernel.context;

import io.dataprism.api.Cache;
import io.dataprism.api.Calls;
import io.dataprism.api.Channels;
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
import io.dataprism.kernel.vertx.Mailbox;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** One plugin's context. After {@link #close} every use fails with {@code DP-0191}. Safe to use from any thread. */
public final class KernelPluginContext implements PluginContext {
    private final PluginRuntime runtime;
    private final PluginLog log;
    private final PluginTasks tasks;
    private final PluginTimers timers;
    private final OwnMemory memory;
    private final PluginPermissions permissions;
    private final PluginTables tables;
    private final PluginHttp http;
    private final BlockingWork blocking;
    private final PluginCache cache;
    private final PluginMetrics metrics;
    private final GrantedFiles files;
    private volatile JsonObject config;
    private volatile boolean closed;

    public KernelPluginContext(PluginRuntime runtime) {
        this.runtime = runtime;
        this.config = runtime.config().copy();
        this.log = new PluginLog(runtime.id());
        this.tasks = new PluginTasks(runtime);
        this.timers = new PluginTimers(runtime);
        this.memory = new OwnMemory(runtime.memory());
        this.permissions = new PluginPermissions(runtime);
        this.tables = new PluginTables(runtime);
        this.http = new PluginHttp(runtime);
        this.blocking = new BlockingWork(runtime);
        this.cache = new PluginCache(runtime);
        this.metrics = new PluginMetrics(runtime);
        this.files = new GrantedFiles(runtime, blocking);
        runtime.metrics().add(metrics);
    }

    /** What {@link #config} answers from now on. */
    public void configure(JsonObject next) {
        config = next.copy();
    }

    /** Whether work of the plugin goes on outside its slices: a task, blocking work, a request. */
    public boolean isWorking() {
        return blocking.isUnderWay() || http.isUnderWay() || !tasks.isEmpty();
    }

    /** End tasks and timers, forget cache and metrics, and let every later use fail. */
    public void close() {
        closed = true;
        tasks.close();
        timers.close();
        http.close();
        cache.close();
        runtime.metrics().remove(metrics);
        metrics.close();
    }

    /** Close the files that were left open, and discard those that were not committed. Blocks; after {@link #close}. */
    public void closeFiles() {
        files.close();
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
        return timers;
    }

    @Override
    public Tasks tasks() {
        requireOpen();
        return tasks;
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public Permissions permissions() {
        requireOpen();
        return permissions;
    }

    @Override
    public MemoryAccount memory() {
        requireOpen();
        return memory;
    }

    @Override
    public Tables tables() {
        requireOpen();
        return tables;
    }

    @Override
    public Http http() {
        requireOpen();
        return http;
    }

    @Override
    public Cache cache() {
        requireOpen();
        return cache;
    }

    @Override
    public Metrics metrics() {
        requireOpen();
        return metrics;
    }

    @Override
    public PluginFiles files() {
        requireOpen();
        return files;
    }

    @Override
    public Storage storage() {
        throw notOffered("storage", "Keep state in the plugin's own tables or files until it does.");
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
        requireOpen();
        return blocking.run(work);
    }

    @Override
    public <T> Promise<T> promise() {
        requireOpen();
        return runtime.deployment().promise();
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
