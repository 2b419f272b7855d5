package io.dataprism.bench.lane;

/** A way of finding out whether something may be done. Used by one thread, in a JVM of its own. */
public interface CheckLane extends AutoCloseable {

    /** Set up who checks, and who is checked. */
    void open() throws Exception;

    /** Have it checked so many times; how often it was allowed. */
    long check(int times) throws Exception;

    @Override
    void close() throws Exception;
}
