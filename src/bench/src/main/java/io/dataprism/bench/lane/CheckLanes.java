package io.dataprism.bench.lane;

import java.util.List;

/** The lanes of checks, by the names that reports use. */
public final class CheckLanes {
    public static final String KERNEL = "kernel";
    public static final String UNCHECKED = "no check";
    public static final String SECURITY_MANAGER = "SecurityManager";

    private static final String AGENT = "dataprism.agent";

    /** Since then the JDK has none. */
    private static final int LAST_SECURITY_MANAGER = 23;

    private CheckLanes() {}

    /** Whether this JVM still has a SecurityManager. */
    public static boolean hasSecurityManager() {
        return Runtime.version().feature() <= LAST_SECURITY_MANAGER;
    }

    /** What a JVM must be started with for that lane. */
    public static List<String> jvmOptions(String lane) {
        return switch (lane) {
            case SECURITY_MANAGER -> List.of("-Djava.security.manager=allow");
            case Lanes.BOTH_LAYERS -> List.of("-javaagent:" + agent());
            default -> List.of();
        };
    }

    private static String agent() {
        String jar = System.getProperty(AGENT);
        if (jar == null) {
            throw new IllegalStateException("Where the agent's jar is was not said: give java -D" + AGENT
                    + "=FILE, as ./dataprism bench does.");
        }
        return jar;
    }

    /** Ask whether one caller may do one thing, which it may. */
    public static CheckLane gate(String lane, Question question, int grants) {
        return switch (lane) {
            case KERNEL -> new GateLane(question, grants);
            case UNCHECKED -> new UncheckedLane();
            case SECURITY_MANAGER -> new SecurityManagerLane(question.forSecurityManager(grants));
            default -> throw new IllegalArgumentException("There is no lane '" + lane + "' of the gate.");
        };
    }

    /** Have a plugin call the JDK: {@code site} is what {@link io.dataprism.bench.plugin.CallingSites} knows. */
    public static CheckLane site(String lane, String site) throws Exception {
        return switch (lane) {
            case KERNEL -> new SiteLane(site, true);
            case UNCHECKED -> new SiteLane(site, false);
            case SECURITY_MANAGER -> new SecurityManagerLane(site);
            default -> throw new IllegalArgumentException("There is no lane '" + lane + "' of call sites.");
        };
    }
}
