package io.dataprism.bench.lane;

import java.util.List;
import java.util.function.Consumer;

/**
 * A way for messages from one sender to its receivers. Opened once, by one thread, then used through {@link #execute} from any thread, and
 * closed.
 */
public interface MessageLane extends AutoCloseable {

    /** How the bodies are sent. */
    enum Form {
        AS_GIVEN,
        /** What is sent again and again is frozen once, where the lane knows that. */
        FROZEN,
        /** As a Java object that nobody can change. */
        RECORD
    }

    /** Send bodies in another form than as they are given. Before {@link #open}. */
    default void send(Form form) {}

    /**
     * Set up a sender and one receiver for each of {@code receivers}, which is handed the body of every message that arrives. A receiver is
     * never run by two threads at once.
     */
    void open(List<Consumer<Object>> receivers) throws Exception;

    /** Run {@code step} in the sender's own context, after what waits there. */
    void execute(Runnable step);

    /** Send one message to every receiver. Only within a step. */
    void send(Object body);

    @Override
    void close() throws Exception;
}
