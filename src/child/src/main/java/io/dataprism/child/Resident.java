package io.dataprism.child;

import io.dataprism.api.Call;
import io.dataprism.api.Capabilities;
import io.dataprism.api.CapabilityHandler;
import io.dataprism.api.Configurable;
import io.dataprism.api.Plugin;
import io.dataprism.api.Probed;
import io.dataprism.child.context.ChildCall;
import io.dataprism.child.context.ChildContext;
import io.dataprism.child.wire.Kind;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.WireFailure;
import io.dataprism.child.wire.WireInput;
import io.dataprism.child.wire.WireOutput;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The plugin in its process, and what the kernel asks of it. Frames are taken by the thread that reads; all else runs in the plugin's slices. */
final class Resident {
    private static final int SHARE_OF_ACKNOWLEDGED = 64;

    private final ChildLink link;
    private final ChildSlices slices;
    private final ChildGuard guard;
    private final com.sun.management.OperatingSystemMXBean system =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Map<Long, ChildCall> calls = new ConcurrentHashMap<>();

    /** What was worked off, and how much of that the kernel knows. */
    private final AtomicLong consumed = new AtomicLong();

    private volatile long told;
    /** Whether the kernel has taken the greeting: what came with that would be read with it. */
    private volatile boolean heard;

    // Of the slices.
    private @Nullable Plugin plugin;
    private volatile @Nullable ChildContext context;
    private Capabilities capabilities = Capabilities.none();

    Resident(ChildLink.Outlet outlet, Runnable lost) {
        this.slices = new ChildSlices(this::failed, this::idle);
        this.link = new ChildLink(outlet, slices, lost);
        this.guard = new ChildGuard(link);
        slices.start();
    }

    private void failed(Throwable thrown) {
        link.tell(Op.HANDLER_FAILED, 0, out -> {
            out.text("a timer, a task or a callback");
            WireFailure.of(thrown).write(out);
        });
    }

    void beat() {
        if (!heard) {
            return;
        }
        long cpu = system.getProcessCpuTime();
        Runtime jvm = Runtime.getRuntime();
        long heap = jvm.totalMemory() - jvm.freeMemory();
        link.tell(Op.BEAT, 0, out -> out.i64(cpu).i64(heap).i64(slices.busyMillis()));
    }

    // --- by the thread that reads

    void take(Kind kind, Op op, long number, byte[] content) throws IOException {
        heard = true;
        switch (kind) {
            case ANSWER, FAILURE -> link.answered(kind, number, content);
            case ASK -> asked(op, number, content);
            case TELL -> told(op, number, content);
            case HELLO -> throw new MalformedFrameException("a greeting");
        }
    }

    private void told(Op op, long number, byte[] content) throws MalformedFrameException {
        switch (op) {
            case GOODBYE -> Runtime.getRuntime().halt(0);
            case GRANTS_CHANGED -> guard.changed();
            case CANCELLED -> slices.execute(() -> cancelled(number));
            case EVENT, MESSAGE ->
                slices.execute(() -> {
                    try {
                        known().told(op, number, new WireInput(content));
                    } finally {
                        consumed();
                    }
                });
            case ENDED, PRESSURE, WATCHED -> slices.execute(() -> known().told(op, number, new WireInput(content)));
            default -> throw new MalformedFrameException("told of " + op);
        }
    }

    private void asked(Op op, long number, byte[] content) throws MalformedFrameException {
        WireInput in = new WireInput(content);
        switch (op) {
            case LOAD -> slices.execute(() -> step(number, () -> load(in)));
            case INITIALIZE -> slices.execute(() -> step(number, this::initialize));
            case START -> slices.execute(() -> step(number, () -> made().start()));
            case STOP -> slices.execute(() -> step(number, () -> made().stop()));
            case DESTROY -> slices.execute(() -> step(number, () -> made().destroy()));
            case CONFIGURE -> slices.execute(() -> step(number, () -> configure(in)));
            case ALIVE -> slices.execute(() -> step(number, () -> made() instanceof Probed it ? it.alive() : done()));
            case READY -> slices.execute(() -> step(number, () -> made() instanceof Probed it ? it.ready() : done()));
            case CALL -> {
                long call = in.i64();
                slices.execute(call, () -> {
                    try {
                        step(number, () -> call(call, in));
                    } finally {
                        consumed();
                    }
                });
            }
            case REQUEST ->
                slices.execute(() -> {
                    try {
                        step(number, () -> known().requested(in));
                    } finally {
                        consumed();
                    }
                });
            default -> throw new MalformedFrameException("asked for " + op);
        }
    }

    // --- in the plugin's slices

    private static Future<Void> done() {
        return Future.succeededFuture();
    }

    private Plugin made() {
        return Objects.requireNonNull(plugin, "a plugin");
    }

    private ChildContext known() {
        return Objects.requireNonNull(context, "a context");
    }

    /** Do it, and answer with what its future brings. */
    private void step(long number, Callable<@Nullable Future<?>> work) {
        try {
            Future<?> future = work.call();
            if (future == null) {
                link.refuse(number, new NullPointerException("It returned null in place of a future."));
            } else if (future.succeeded()) {
                link.answer(number, future.result());
            } else {
                future.onComplete(end -> {
                    if (end.succeeded()) {
                        link.answer(number, end.result());
                    } else {
                        link.refuse(number, end.cause());
                    }
                });
            }
        } catch (Throwable e) {
            link.refuse(number, e);
        }
    }

    private Future<JsonArray> load(WireInput in) throws Exception {
        Loading loading = Loading.read(in);
        Plugin loaded = loading.plugin(guard);
        context = new ChildContext(link, loading.identity(), loading.config(), loading.maxTimers());
        plugin = loaded;
        return Future.succeededFuture(
                new JsonArray().add(loaded instanceof Configurable).add(loaded instanceof Probed));
    }

    /** What it can do is asked at once after that, as everywhere. */
    private Future<JsonObject> initialize() throws Exception {
        Future<Void> initialized = made().initialize(known());
        return initialized == null
                ? Future.failedFuture(new NullPointerException("initialize returned null in place of a future."))
                : initialized.map(done -> offered());
    }

    private JsonObject offered() {
        try {
            Capabilities offers = made().capabilities();
            if (offers == null) {
                return new JsonObject().put("none", true);
            }
            capabilities = offers;
            JsonArray names = new JsonArray();
            JsonArray idempotent = new JsonArray();
            for (String name : offers.names()) {
                names.add(name);
                if (offers.isIdempotent(name)) {
                    idempotent.add(name);
                }
            }
            return new JsonObject().put("names", names).put("idempotent", idempotent);
        } catch (Throwable e) {
            WireOutput failure = new WireOutput();
            WireFailure.of(e).write(failure);
            return new JsonObject().put("failed", failure.content());
        }
    }

    private Future<?> configure(WireInput in) throws Exception {
        JsonObject wanted = (JsonObject) Objects.requireNonNull(Values.read(in));
        if (!(made() instanceof Configurable configurable)) {
            throw new IllegalStateException("It takes no other configuration while it runs.");
        }
        Future<Void> taken = configurable.configure(wanted.copy());
        return taken == null
                ? Future.failedFuture("configure returned null in place of a future.")
                : taken.map(done -> {
                    known().configured(wanted);
                    return null;
                });
    }

    private @Nullable Future<?> call(long number, WireInput in) throws Exception {
        ChildCall call = ChildCall.read(link, number, in);
        CapabilityHandler handler = capabilities.handler(call.capability()).orElseThrow();
        calls.put(number, call);
        Future<?> answer = handler.handle((Call) call);
        if (answer == null || answer.isComplete()) {
            calls.remove(number);
        } else {
            answer.onComplete(end -> calls.remove(number));
        }
        return answer;
    }

    private void cancelled(long number) {
        ChildCall call = calls.get(number);
        if (call != null) {
            call.cancel();
        }
    }

    private void consumed() {
        if (consumed.incrementAndGet() - told >= SHARE_OF_ACKNOWLEDGED) {
            tellConsumed();
        }
    }

    private void idle() {
        if (consumed.get() != told) {
            tellConsumed();
        }
    }

    private void tellConsumed() {
        told = consumed.get();
        link.tell(Op.CONSUMED, told, out -> {});
    }
}
