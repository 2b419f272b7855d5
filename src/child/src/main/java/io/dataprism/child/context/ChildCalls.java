package io.dataprism.child.context;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Calls;
import io.dataprism.child.ChildLink;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.WireOutput;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls of other plugins, which the kernel makes. */
final class ChildCalls implements Calls {
    private final ChildLink link;
    /** The number of the call on whose behalf they are made; 0: of whichever the plugin works for. */
    private final long onBehalf;

    ChildCalls(ChildLink link, long onBehalf) {
        this.link = link;
        this.onBehalf = onBehalf;
    }

    @Override
    public <T> Future<T> call(String plugin, String capability, @Nullable Object request, CallOptions options) {
        return ask(link, Op.CALL_OF, onBehalf == 0 ? link.slices().call() : onBehalf, options, out -> {
            out.text(plugin).text(capability);
            Values.write(out, request);
        });
    }

    /** Ask somebody else something, as {@code options} say. */
    static <T> Future<T> ask(ChildLink link, Op op, long onBehalf, CallOptions options, Consumer<WireOutput> rest) {
        AtomicLong asked = new AtomicLong();
        Future<T> answer = link.ask(op, onBehalf, asked::set, out -> {
            write(out, options);
            rest.accept(out);
        });
        Future<?> given = options.cancelledBy();
        if (given != null) {
            given.onComplete(end -> {
                if (!answer.isComplete()) {
                    link.tell(Op.GIVE_UP, asked.get(), out -> {});
                }
            });
        }
        return answer;
    }

    private static void write(WireOutput out, CallOptions options) {
        out.i64(options.timeout().toNanos())
                .i32(options.retries())
                .flag(options.cancelledBy() != null)
                .text(options.node())
                .flag(options.breaker().isPresent());
        options.breaker()
                .ifPresent(breaker ->
                        out.i32(breaker.failures()).i64(breaker.open().toNanos()));
    }
}
