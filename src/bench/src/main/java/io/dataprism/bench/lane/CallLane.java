package io.dataprism.bench.lane;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A way for calls from one caller to one that answers with what it was asked. Used as a {@link MessageLane} is. */
public interface CallLane extends AutoCloseable {

    /** Set up the caller and who answers. */
    void open() throws Exception;

    /** Run {@code step} in the caller's own context, after what waits there. */
    void execute(Runnable step);

    /** Ask once; {@code answered} gets the answer or the failure. Only within a step or an answer. */
    void call(Object body, BiConsumer<@Nullable Object, @Nullable Throwable> answered);

    @Override
    void close() throws Exception;
}
