package io.dataprism.kernel.process.wall;

/**
 * What the system is to hold a child to, beside what its JVM was told.
 *
 * @param memory bytes of all that it holds: heap, classes, threads, buffers, the JVM itself
 * @param files that it may have open at once, sockets and libraries included
 * @param tasks threads and processes at once
 */
public record Limits(long memory, int files, int tasks) {
    /** What a JVM has besides heap, direct buffers, classes and stacks: its own code and tables, and what its allocator keeps. */
    private static final long JVM = 160L << 20;

    private static final int FILES = 1024;
    private static final int TASKS = 256;

    /** Of a child whose JVM was told to hold so many bytes: its heap, direct buffers, classes and code together. */
    public static Limits of(long told) {
        return new Limits(told + JVM, FILES, TASKS);
    }
}
