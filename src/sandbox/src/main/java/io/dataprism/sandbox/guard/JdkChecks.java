package io.dataprism.sandbox.guard;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Whether the JDK's own methods check as well: the sandbox's second layer, which an agent begins before the program. */
public final class JdkChecks {
    private static final Map<String, String> FAILED = new ConcurrentHashMap<>();
    private static volatile boolean on;

    private JdkChecks() {}

    /** Whether they do, all of them. */
    public static boolean areOn() {
        return on && FAILED.isEmpty();
    }

    /** The classes of the JDK that do not, though they should, each with why. */
    public static Map<String, String> failures() {
        return new TreeMap<>(FAILED);
    }

    /** What that they don't means, and what to do, in words; empty where they do. */
    public static String whyNot() {
        if (areOn()) {
            return "";
        }
        if (!FAILED.isEmpty()) {
            return "The agent could not change these classes of the JDK: "
                    + String.join(", ", failures().keySet())
                    + ". Tell the kernel's authors; until then grant neither reflection nor class-loading.";
        }
        return "The JVM was started without the agent (-javaagent:dataprism-agent.jar; the launcher gives it unless told --no-agent). What was"
                + " granted for a way around the checks in its own classes, as reflection or class-loading are, leads past them.";
    }

    /** To be called by the agent, once they do. */
    public static void begun() {
        on = true;
    }

    /** To be called by the agent for a class that was left as it is. */
    public static void failed(String className, Throwable cause) {
        FAILED.put(className, cause.getClass().getName());
    }
}
