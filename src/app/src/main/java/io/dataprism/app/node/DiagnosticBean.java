package io.dataprism.app.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The JVM's own bean that takes the commands of {@code jcmd} from within, one of which loads native code into the JVM. A node has no use for it, and {@code jcmd}
 * itself comes another way.
 */
final class DiagnosticBean {
    private static final String NAME = "com.sun.management:type=DiagnosticCommand";

    private DiagnosticBean() {}

    /** Take it away for good, on one of the workers of {@code vertx}: the first look at the JVM's beans takes a while. */
    static Future<Void> takeAway(Vertx vertx) {
        return vertx.executeBlocking(DiagnosticBean::takeAway).mapEmpty();
    }

    /** Whether there was one. */
    private static boolean takeAway() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(NAME);
        boolean there = server.isRegistered(name);
        if (there) {
            server.unregisterMBean(name);
        }
        return there;
    }
}
