package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.poll.LoopPoll;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A class loader whose classes are guarded. */
public interface GuardedLoader {
    /** Who says what its classes may call; null where their calls are not guarded. */
    @Nullable
    CallGuard guard();

    /** Whether its classes see that one, which it did not define, by its name. */
    boolean sees(Class<?> type);

    /** What its classes have for the standard streams, the same each time. */
    StandardStreams streams();

    /** What ends its classes' code, see {@link LoopPoll#handle}. */
    default MethodHandle poll() {
        return LoopPoll.never();
    }

    /** {@code text}, or one in its place that polls at each character. */
    default CharSequence polled(CharSequence text) {
        return text;
    }
}
