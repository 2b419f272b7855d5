package io.dataprism.app;

import io.dataprism.api.PluginException;
import java.util.Set;

/** How a command ends, as a script sees it. Stable, and listed in {@code docs/command-line.md}. */
public final class ExitCode {
    /** All that was asked for was done. */
    public static final int OK = 0;
    /** What was asked for was tried and failed: a pipeline's step, a plugin's start, a test. */
    public static final int FAILED = 1;
    /** The command line itself is wrong. */
    public static final int USAGE = 2;
    /** What was given is wrong: a file (configuration, plugin, pipeline, data) or a question in SQL. */
    public static final int BAD_INPUT = 3;
    /** The command needs a running node, and none answers. */
    public static final int NO_NODE = 4;
    /** Something is taken: the data folder by another node, a port by another process. */
    public static final int TAKEN = 5;
    /** A thread was lost to a plugin's code, and the configuration says that the node is to be started again then. */
    public static final int STUCK = 75;
    /** A defect of DataPrism. */
    public static final int DEFECT = 70;
    /** Interrupted; the same with SIGTERM is 143. */
    public static final int INTERRUPTED = 130;

    private static final Set<String> WRONG_USAGE = Set.of("DP-0101", "DP-0856", "DP-0921", "DP-1030");
    private static final Set<String> TAKEN_CODES = Set.of("DP-0807", "DP-1002", "DP-1102");

    /** Artifacts and manifests; SQL and options of tables; data files; configuration; pipelines. */
    private static final String WRONG_INPUT =
            "DP-(020[3-9]|02[12]\\d|0231|0233|071[0-8]|075[0-5]|0826|085[238]|0903|091[0-7]|093[5-79]|094[0-4]"
                    + "|1001|1101|120[1-3]|140\\d|1410)";

    private ExitCode() {}

    /** How a command ends that failed so. Those of a running node's answers are the same as those of this process. */
    static int of(PluginException failure) {
        if (failure instanceof CommandFailure command) {
            return command.exitCode();
        }
        String code = failure.code();
        if (TAKEN_CODES.contains(code)) {
            return TAKEN;
        }
        if (WRONG_USAGE.contains(code)) {
            return USAGE;
        }
        return code.matches(WRONG_INPUT) ? BAD_INPUT : FAILED;
    }
}
