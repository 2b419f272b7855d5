package outside.host;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is on the host's Vertx: verticles, consumers by address, threads; and interceptors, codecs and timers, where reflection may look. */
final class Footprint {
    private final Vertx vertx;
    private final SimpleMeterRegistry meters;

    Footprint(Vertx vertx, SimpleMeterRegistry meters) {
        this.vertx = vertx;
        this.meters = meters;
    }

    Set<String> now() throws Exception {
        Set<String> found = new TreeSet<>();
        vertx.deploymentIDs().forEach(id -> found.add("verticle " + id));
        for (Gauge gauge : meters.find("vertx.eventbus.handlers").gauges()) {
            if (gauge.value() != 0) {
                found.add("consumers of " + gauge.getId().getTag("address") + " " + gauge.value());
            }
        }
        if (!getClass().getModule().isNamed()) {
            found.add("inbound interceptors " + length("inboundInterceptors"));
            found.add("outbound interceptors " + length("outboundInterceptors"));
            Object codecs = held(vertx.eventBus(), "codecManager");
            found.add("codecs " + size(codecs, "userCodecMap") + " " + size(codecs, "defaultCodecMap"));
            found.add("timers " + size(vertx, "timeouts"));
        }
        return found;
    }

    private int length(String name) throws Exception {
        return Array.getLength(held(vertx.eventBus(), name));
    }

    private static int size(Object owner, String name) throws Exception {
        return ((Map<?, ?>) held(owner, name)).size();
    }

    /** The content of a private field, of whatever class that {@code owner} extends. */
    private static Object held(Object owner, String name) throws Exception {
        Class<?> type = owner.getClass();
        while (true) {
            try {
                Field field = type.getDeclaredField(name);
                field.setAccessible(true);
                return field.get(owner);
            } catch (NoSuchFieldException e) {
                type = type.getSuperclass();
            }
        }
    }

    /** Threads of kernel or Vertx that outlive both. */
    Set<String> threadsLeft() throws Exception {
        long end = System.nanoTime() + 5_000_000_000L;
        Set<String> left = threads();
        while (!left.isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
            left = threads();
        }
        return left;
    }

    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && thread != Thread.currentThread())
                .map(Thread::getName)
                .filter(name -> !name.equals("DestroyJavaVM"))
                .forEach(names::add);
        return names;
    }
}
