package io.dataprism.kernel.process;

import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Wire;
import io.dataprism.child.wire.WireInput;
import io.dataprism.kernel.context.KernelPluginContext;
import io.dataprism.sandbox.guard.CallGuard;
import io.dataprism.sandbox.guard.RefusedCall;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a child waits for with its thread, and gets at once. On the thread that reads. */
final class AtOnce {
    /** What is answered here. */
    static final Set<Op> OPS = EnumSet.range(Op.MAY_CALL, Op.PARTICIPANTS);

    private final KernelPluginContext context;
    private final Optional<CallGuard> guard;
    private final CallWork calls;
    private final ChannelWork channels;
    private final Subscribed subscribed;

    AtOnce(
            KernelPluginContext context,
            Optional<CallGuard> guard,
            CallWork calls,
            ChannelWork channels,
            Subscribed subscribed) {
        this.context = context;
        this.guard = guard;
        this.calls = calls;
        this.channels = channels;
        this.subscribed = subscribed;
    }

    static boolean isAtOnce(Op op) {
        return OPS.contains(op) || op == Op.ON_MESSAGE;
    }

    /** The answer, and whether it stays true until the child hears that grants changed: not where one of them has an end. */
    private static int mayCall(CallGuard guard, String permission, String scope) {
        // Before the question: a change between the two must not be missed.
        boolean lasts = guard.lasting().isPresent();
        return (guard.mayCall(permission, scope) ? Wire.MAY : 0) | (lasts ? Wire.LASTS : 0);
    }

    @Nullable
    Object answer(Op op, WireInput in) throws MalformedFrameException {
        switch (op) {
            case MAY_CALL -> {
                String permission = in.text(Wire.LONGEST_TOLD);
                String scope = in.text(Wire.LONGEST_TOLD);
                return guard.map(by -> mayCall(by, permission, scope)).orElse(Wire.MAY | Wire.LASTS);
            }
            case REFUSAL -> {
                RefusedCall call = new RefusedCall(
                        in.text(Wire.LONGEST_TOLD),
                        in.text(Wire.LONGEST_TOLD),
                        in.text(Wire.LONGEST_TOLD),
                        in.text(Wire.LONGEST_TOLD),
                        in.text(Wire.LONGEST_TOLD));
                guard.ifPresent(by -> {
                    throw by.refusal(call);
                });
                return null;
            }
            case MAY -> {
                return context.permissions().check(in.text());
            }
            case REQUIRE -> {
                context.permissions().require(in.text());
                return null;
            }
            case CALLER_MAY -> {
                return calls.callerMay(in.i64(), in.text());
            }
            case ALLOCATE -> {
                return context.memory().allocate(in.i64());
            }
            case DEALLOCATE -> {
                context.memory().deallocate(in.i64());
                return null;
            }
            case MEMORY -> {
                return new JsonArray()
                        .add(context.memory().used())
                        .add(context.memory().limit());
            }
            case WORK_FOLDER -> {
                return context.workFolder().toString();
            }
            case DROPPED -> {
                return subscribed.dropped(in.i64());
            }
            case PARTICIPANTS -> {
                return new JsonArray(new ArrayList<>(channels.participants(in)));
            }
            case ON_MESSAGE -> {
                channels.onMessage(in);
                return null;
            }
            default -> throw new MalformedFrameException("a question about " + op);
        }
    }
}
