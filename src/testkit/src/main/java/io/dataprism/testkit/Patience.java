package io.dataprism.testkit;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/**
 * How long a test waits for the plugin that it runs. In a JVM that a debugger may stop, nothing is late for an hour: whoever looks at a
 * breakpoint must not find that the kernel gave the plugin up meanwhile.
 */
final class Patience {
    private static final Duration DEBUGGING = Duration.ofHours(1);
    private static final boolean DEBUGGED =
            isDebugged(ManagementFactory.getRuntimeMXBean().getInputArguments());

    private Patience() {}

    /** {@code usual}, or an hour in a JVM that was started for debugging. */
    static Duration of(Duration usual) {
        return DEBUGGED ? DEBUGGING : usual;
    }

    /** Whether a JVM with these arguments lets a debugger in. */
    static boolean isDebugged(List<String> arguments) {
        return arguments.stream()
                .anyMatch(argument -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp"));
    }
}
