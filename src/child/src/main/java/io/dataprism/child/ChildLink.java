package io.dataprism.child;

import io.dataprism.child.wire.Frames;
import io.dataprism.child.wire.Kind;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.WireFailure;
import io.dataprism.child.wire.WireInput;
import io.dataprism.child.wire.WireOutput;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the child asks and tells the kernel. Safe to use from any thread. Where the connection is gone nothing fails: without the kernel there is no child,
 * which ends at once.
 */
public final class ChildLink {
    /** Takes frames on their way to the kernel. */
    @FunctionalInterface
    interface Outlet {
        void send(WireOutput frame) throws IOException;
    }

    /** Somebody who waits for an answer; told by the thread that reads. */
    private interface Waiting {
        void answered(Kind kind, byte[] content);
    }

    private final Outlet outlet;
    private final ChildSlices slices;
    private final Runnable lost;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentMap<Long, Waiting> waiting = new ConcurrentHashMap<>();

    /** @param lost is called when there is no kernel any more */
    ChildLink(Outlet outlet, ChildSlices slices, Runnable lost) {
        this.outlet = outlet;
        this.slices = slices;
        this.lost = lost;
    }

    public ChildSlices slices() {
        return slices;
    }

    /** Ask; the answer, a value, completes the future in the plugin's slices. */
    public <T> Future<T> ask(Op op, Consumer<WireOutput> writes) {
        return ask(op, slices.call(), asked -> {}, writes);
    }

    public <T> Future<T> ask(Op op) {
        return ask(op, out -> {});
    }

    /**
     * The same on behalf of a call.
     *
     * @param call its number; 0: none
     * @param asked is told the question's number, before it is sent
     */
    @SuppressWarnings("unchecked") // what the kernel answers is what was asked for
    public <T> Future<T> ask(Op op, long call, Consumer<Long> asked, Consumer<WireOutput> writes) {
        Promise<T> promise = slices.promise();
        long number = numbers.incrementAndGet();
        try {
            WireOutput frame = new WireOutput().i64(call);
            writes.accept(frame);
            waiting.put(number, (kind, content) -> slices.execute(call, () -> complete(promise, kind, content)));
            asked.accept(number);
            send(frame.as(Kind.ASK, op, number));
        } catch (RuntimeException unfit) {
            waiting.remove(number);
            promise.tryFail(unfit);
        }
        return promise.future();
    }

    @SuppressWarnings("unchecked")
    private static <T> void complete(Promise<T> promise, Kind kind, byte[] content) {
        try {
            WireInput in = new WireInput(content);
            if (kind == Kind.ANSWER) {
                promise.tryComplete((T) Values.read(in));
            } else {
                promise.tryFail(WireFailure.read(in).thrown());
            }
        } catch (MalformedFrameException e) {
            throw new IllegalStateException("The kernel answered with " + e.getMessage(), e);
        }
    }

    /** Ask what is answered at once, and wait for that. */
    public @Nullable Object now(Op op, Consumer<WireOutput> writes) {
        CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
        long number = numbers.incrementAndGet();
        WireOutput frame = new WireOutput();
        writes.accept(frame);
        waiting.put(number, (kind, content) -> settle(answer, kind, content));
        send(frame.as(Kind.ASK, op, number));
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    // The kernel answers at once: the interrupt is for what comes after.
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw (RuntimeException) e.getCause();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void settle(CompletableFuture<@Nullable Object> answer, Kind kind, byte[] content) {
        try {
            WireInput in = new WireInput(content);
            if (kind == Kind.ANSWER) {
                answer.complete(Values.read(in));
            } else {
                answer.completeExceptionally(WireFailure.read(in).thrown());
            }
        } catch (MalformedFrameException e) {
            answer.completeExceptionally(new IllegalStateException("The kernel answered with " + e.getMessage(), e));
        }
    }

    /** Tell. */
    public void tell(Op op, long number, Consumer<WireOutput> writes) {
        send(Frames.tell(op, number, writes));
    }

    /** Answer the kernel's question of that number. */
    void answer(long number, @Nullable Object value) {
        send(Frames.answer(number, value));
    }

    /** The answer to the kernel's question of that number is a failure. */
    void refuse(long number, Throwable why) {
        send(Frames.refusal(number, why));
    }

    /** An answer has come. By the thread that reads. */
    void answered(Kind kind, long number, byte[] content) {
        Waiting asked = waiting.remove(number);
        if (asked != null) {
            asked.answered(kind, content);
        }
    }

    private void send(WireOutput frame) {
        try {
            outlet.send(frame);
        } catch (IOException e) {
            lost.run();
        }
    }
}
