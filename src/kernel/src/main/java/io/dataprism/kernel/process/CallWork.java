package io.dataprism.kernel.process;

import io.dataprism.api.Call;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Capabilities;
import io.dataprism.api.CircuitBreaker;
import io.dataprism.child.context.Headed;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.WireInput;
import io.dataprism.kernel.context.KernelPluginContext;
import io.dataprism.kernel.messaging.WorkedFor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Calls of the plugin, which the child answers, and calls that the child makes. In the plugin's slices where nothing else is said. */
final class CallWork {
    private final KernelPluginContext context;
    private final ProcessLink link;
    private final Window window;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentMap<Long, Call> open = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, Promise<Void>> givenUp = new ConcurrentHashMap<>();

    CallWork(KernelPluginContext context, ProcessLink link, Window window) {
        this.context = context;
        this.link = link;
        this.window = window;
    }

    void offer(Offered offered) {
        offered.with(
                Op.CALL_OF,
                (in, number) -> options(in, number, options -> {
                    String plugin = in.text();
                    String capability = in.text();
                    return context.calls().call(plugin, capability, Values.read(in), options);
                }));
    }

    // --- calls of the plugin

    /** Those that the child says it offers. */
    Capabilities capabilities(JsonObject offered) {
        Capabilities all = Capabilities.none();
        for (Object name : offered.getJsonArray("names", new JsonArray())) {
            String capability = String.valueOf(name);
            all = all.and(capability, call -> answer(capability, call));
        }
        for (Object name : offered.getJsonArray("idempotent", new JsonArray())) {
            all = all.idempotent(String.valueOf(name));
        }
        return all;
    }

    private Future<?> answer(String capability, Call call) {
        long number = numbers.incrementAndGet();
        open.put(number, call);
        ProcessLink.Question asked;
        try {
            asked = link.question(Op.CALL, out -> {
                out.i64(number).text(capability);
                Headed.caller(out, call.caller());
                out.i64(call.remaining().toNanos());
                Headed.write(out, call.id(), call.cause(), call.headers());
                Values.write(out, call.body());
            });
        } catch (RuntimeException unfit) {
            open.remove(number);
            throw unfit;
        }
        window.sent();
        call.cancelled().onComplete(end -> {
            if (open.remove(number) != null) {
                link.tell(Op.CANCELLED, number, out -> {});
                link.forget(asked.number(), "Nobody waits for the answer of this call any more.");
            }
        });
        return asked.answer().onComplete(end -> open.remove(number));
    }

    /** Whether the caller of the open call may do something. On any thread. */
    boolean callerMay(long number, String permission) {
        Call call = open.get(number);
        return call != null && call.callerMay(permission);
    }

    /** Do {@code work} on behalf of the call of that number, where there is such a one. */
    Future<? extends @Nullable Object> onBehalf(long number, InCall work) throws MalformedFrameException {
        Call call = number == 0 ? null : open.get(number);
        return call instanceof WorkedFor worked ? worked.onBehalf(work) : work.done();
    }

    /** Something that the plugin does. */
    interface InCall extends WorkedFor.Work<Future<? extends @Nullable Object>, MalformedFrameException> {}

    // --- calls that the child makes

    /** A question to somebody else. */
    interface Asking {
        Future<?> with(CallOptions options) throws MalformedFrameException;
    }

    /** Ask somebody else something, as the options say that are to be read first; the child may give it up. */
    Future<?> options(WireInput in, long number, Asking asking) throws MalformedFrameException {
        Duration timeout = Duration.ofNanos(in.i64());
        int retries = in.i32();
        boolean cancellable = in.flag();
        Optional<String> node = in.optionalText();
        Optional<CircuitBreaker> breaker =
                in.flag() ? Optional.of(new CircuitBreaker(in.i32(), Duration.ofNanos(in.i64()))) : Optional.empty();
        Promise<Void> cancel = cancellable ? context.promise() : null;
        CallOptions options = new CallOptions(timeout, retries, cancel == null ? null : cancel.future(), node, breaker);
        if (cancel == null) {
            return asking.with(options);
        }
        givenUp.put(number, cancel);
        try {
            return asking.with(options).onComplete(end -> givenUp.remove(number));
        } catch (MalformedFrameException | RuntimeException refused) {
            givenUp.remove(number);
            throw refused;
        }
    }

    /** The child gives up its question of that number. */
    void giveUp(long number) {
        Promise<Void> cancel = givenUp.remove(number);
        if (cancel != null) {
            cancel.tryComplete();
        }
    }
}
