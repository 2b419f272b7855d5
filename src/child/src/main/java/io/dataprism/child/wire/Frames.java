package io.dataprism.child.wire;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The frames that kernel and child both say in the same way. Safe to use from any thread. */
public final class Frames {
    private Frames() {}

    /** Tell something that is not answered; {@code writes} what it says. */
    public static WireOutput tell(Op op, long number, Consumer<WireOutput> writes) {
        WireOutput frame = new WireOutput();
        writes.accept(frame);
        return frame.as(Kind.TELL, op, number);
    }

    /** The answer to the question of that number; a refusal where {@code value} can't be said. */
    public static WireOutput answer(long number, @Nullable Object value) {
        WireOutput frame = new WireOutput();
        try {
            Values.write(frame, value);
        } catch (RuntimeException unfit) {
            return refusal(number, unfit);
        }
        return frame.as(Kind.ANSWER, Op.NONE, number);
    }

    /** The answer to the question of that number is a failure. */
    public static WireOutput refusal(long number, Throwable why) {
        WireOutput frame = new WireOutput();
        WireFailure.of(why).write(frame);
        return frame.as(Kind.FAILURE, Op.NONE, number);
    }
}
