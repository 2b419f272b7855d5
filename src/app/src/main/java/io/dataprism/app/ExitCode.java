package io.dataprism.app;

/** How a command ends, as a script sees it. Stable, and listed in {@code docs/command-line.md}. */
public final class ExitCode {
    /** All that was asked for was done. */
    public static final int OK = 0;
    /** What was asked for was tried and failed: a pipeline's step, a plugin's start, a test. */
    public static final int FAILED = 1;
    /** The command line itself is wrong. */
    public static final int USAGE = 2;
    /** A file that was given is wrong: configuration, manifest, pipeline, data. */
    public static final int BAD_INPUT = 3;
    /** The command needs a running node, and none answers. */
    public static final int NO_NODE = 4;
    /** Something is taken: the data folder by another node, a port by another process. */
    public static final int TAKEN = 5;
    /** A defect of DataPrism. */
    public static final int DEFECT = 70;
    /** Interrupted. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
