package io.dataprism.child.context;

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
import io.dataprism.api.Routes;
import io.dataprism.api.Storage;
import io.dataprism.api.Tables;
import io.dataprism.api.Tasks;
import io.dataprism.api.Timers;
import io.dataprism.child.ChildLink;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.WireFailure;
import io.dataprism.child.wire.WireInput;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The context of a plugin in a process of its own. Safe to use from any thread. */
public final class ChildContext implements PluginContext {
    private static final int MOST_ACTIONS = 10_000;

    private final ChildLink link;
    private final Identity identity;
    private final ChildEvents events;
    private final ChildChannels channels;
    private final ChildCalls calls;
    private final ChildTimers timers;
    private final ChildLog log;
    private final ChildMemory memory;
    private final ChildStorage storage;
    private final ChildBlocking blocking;
    private final GoingOn goingOn;
    private final AtomicInteger actions = new AtomicInteger();
    private volatile JsonObject config;

    /** @param maxTimers of its timers that may wait at once */
    public ChildContext(ChildLink link, Identity identity, JsonObject config, int maxTimers) {
        this.link = link;
        this.identity = identity;
        this.config = config;
        this.goingOn = new GoingOn(link);
        this.events = new ChildEvents(link, goingOn);
        this.channels = new ChildChannels(link, goingOn);
        this.calls = new ChildCalls(link, 0);
        this.timers = new ChildTimers(identity.id(), link.slices(), maxTimers);
        this.log = new ChildLog(link);
        this.memory = new ChildMemory(link);
        this.storage = new ChildStorage(link, goingOn);
        this.blocking = new ChildBlocking(identity.id(), link.slices());
    }

    /** What {@link #config} answers from now on. */
    public void configured(JsonObject next) {
        config = next;
    }

    /** The kernel tells of something. In the plugin's slices. */
    public void told(Op op, long number, WireInput in) {
        try {
            switch (op) {
                case EVENT -> events.deliver(number, in);
                case MESSAGE -> channels.deliver(number, in);
                case ENDED -> goingOn.ended(number, in);
                case PRESSURE -> memory.pressed(in);
                case WATCHED -> storage.changed(number, in);
                default -> throw new MalformedFrameException("told of " + op);
            }
        } catch (MalformedFrameException e) {
            throw new IllegalStateException("The kernel told of " + op + " with " + e.getMessage(), e);
        }
    }

    /** Somebody in a channel waits for an answer. In the plugin's slices. */
    public @Nullable Future<?> requested(WireInput in) throws Exception {
        return channels.requested(in);
    }

    @Override
    public PluginId id() {
        return identity.id();
    }

    @Override
    public String version() {
        return identity.version();
    }

    @Override
    public String node() {
        return identity.node();
    }

    @Override
    public JsonObject config() {
        return config.copy();
    }

    @Override
    public void fail(Throwable cause) {
        WireFailure failure = WireFailure.of(Objects.requireNonNull(cause));
        link.tell(Op.FAIL, 0, failure::write);
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public Channels channels() {
        return channels;
    }

    @Override
    public Calls calls() {
        return calls;
    }

    @Override
    public Timers timers() {
        return timers;
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public Permissions permissions() {
        return new ChildPermissions(link);
    }

    @Override
    public MemoryAccount memory() {
        return memory;
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Path workFolder() {
        return Path.of((String) Objects.requireNonNull(link.now(Op.WORK_FOLDER, out -> {})));
    }

    @Override
    public <T> Future<T> blocking(Callable<T> work) {
        return blocking.run(work);
    }

    @Override
    public <T> Promise<T> promise() {
        return link.slices().promise();
    }

    @Override
    public void execute(Runnable action) {
        Objects.requireNonNull(action);
        if (actions.incrementAndGet() > MOST_ACTIONS) {
            actions.decrementAndGet();
            throw new PluginException(
                    "DP-0199", "Plugin '" + id() + "' has too much under way: " + MOST_ACTIONS + " actions waiting.");
        }
        link.slices().execute(() -> {
            actions.decrementAndGet();
            action.run();
        });
    }

    private PluginException notOffered(String what) {
        return new PluginException(
                "DP-0190",
                "Plugin '" + id() + "' asked for " + what
                        + ", which is not offered to plugins in a process of their own. Run it with isolation worker.");
    }

    @Override
    public Tasks tasks() {
        throw notOffered("tasks");
    }

    @Override
    public Tables tables() {
        throw notOffered("tables");
    }

    @Override
    public Http http() {
        throw notOffered("http");
    }

    @Override
    public Cache cache() {
        throw notOffered("a cache");
    }

    @Override
    public Metrics metrics() {
        throw notOffered("metrics");
    }

    @Override
    public PluginFiles files() {
        throw notOffered("files");
    }

    @Override
    public Routes routes() {
        throw notOffered("http routes");
    }
}
