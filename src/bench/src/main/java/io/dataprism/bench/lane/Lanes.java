package io.dataprism.bench.lane;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All lanes by the names that reports use. */
public final class Lanes {
    /** Plugins' code and the JDK's own methods check, as on a node that the launcher starts. */
    public static final String BOTH_LAYERS = "kernel in both layers";

    private static final String ONE_RECEIVER = "kernel channel";
    private static final Map<String, Maker<MessageLane>> MESSAGES = new LinkedHashMap<>();
    private static final Map<String, Maker<CallLane>> CALLS = new LinkedHashMap<>();
    private static final Map<String, Maker<CallLane>> STREAMS = new LinkedHashMap<>();

    static {
        MESSAGES.put("kernel", () -> new KernelLane(KernelLane.Way.TOPIC, 0));
        MESSAGES.put("kernel, 10,000 patterns", () -> new KernelLane(KernelLane.Way.TOPIC, 10_000));
        MESSAGES.put("kernel, audit on", KernelLane::audited);
        MESSAGES.put(BOTH_LAYERS, KernelLane::checked);
        MESSAGES.put(ONE_RECEIVER, () -> new KernelLane(KernelLane.Way.CHANNEL_SEND, 0));
        MESSAGES.put("kernel broadcast", () -> new KernelLane(KernelLane.Way.CHANNEL_BROADCAST, 0));
        MESSAGES.put("plugin to bus", () -> new BusEdgeLane(true));
        MESSAGES.put("bus to plugin", () -> new BusEdgeLane(false));
        MESSAGES.put("bus, event loops", () -> new BusLane(false));
        MESSAGES.put("bus, workers", () -> new BusLane(true));
        MESSAGES.put("Felix EventAdmin", FelixLane::new);
        MESSAGES.put("Guava EventBus", GuavaLane::new);
        MESSAGES.put("MBassador", MBassadorLane::new);
        MESSAGES.put("Pekko typed", PekkoLane::new);
        MESSAGES.put("bare hand-off", HandOffLane::new);
        CALLS.put("kernel", KernelCallLane::single);
        CALLS.put(BOTH_LAYERS, KernelCallLane::checked);
        CALLS.put("bus to plugin", BusToPluginCallLane::new);
        CALLS.put("bus, event loops", () -> new BusCallLane(false));
        CALLS.put("bus, workers", () -> new BusCallLane(true));
        CALLS.put("Pekko typed", PekkoCallLane::new);
        STREAMS.put("kernel", KernelCallLane::streaming);
        STREAMS.put("bus, event loops", () -> new BusStreamLane(false));
        STREAMS.put("bus, workers", () -> new BusStreamLane(true));
    }

    private Lanes() {}

    /** Makes a lane that is not open yet. */
    private interface Maker<T> {
        T make() throws Exception;
    }

    public static MessageLane messages(String name) throws Exception {
        return made(MESSAGES, name);
    }

    public static CallLane calls(String name) throws Exception {
        return made(CALLS, name);
    }

    /**
     * Calls whose answer is a stream, read to its end: of a JSON object with {@code items}, the {@code item} that is streamed so often, and the
     * {@code window}, how many may be ahead; answered with how many came.
     */
    public static CallLane streams(String name) throws Exception {
        return made(STREAMS, name);
    }

    /** Whether a lane can have more than one receiver. */
    public static boolean reachesMany(String name) {
        return !name.equals(ONE_RECEIVER);
    }

    public static List<String> messageNames() {
        return List.copyOf(MESSAGES.keySet());
    }

    public static List<String> callNames() {
        return List.copyOf(CALLS.keySet());
    }

    public static List<String> streamNames() {
        return List.copyOf(STREAMS.keySet());
    }

    private static <T> T made(Map<String, Maker<T>> makers, String name) throws Exception {
        Maker<T> maker = makers.get(name);
        if (maker == null) {
            throw new IllegalArgumentException("There is no lane '" + name + "', only " + makers.keySet() + ".");
        }
        return maker.make();
    }

    static IllegalStateException notOpen() {
        return new IllegalStateException("The lane is not open yet.");
    }
}
