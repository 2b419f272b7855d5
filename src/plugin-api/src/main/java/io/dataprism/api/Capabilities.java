package io.dataprism.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The named operations of a plugin, each with its handler. Immutable. */
public final class Capabilities {
    private static final Capabilities NONE = new Capabilities(Map.of());

    private final Map<String, CapabilityHandler> handlers;

    private Capabilities(Map<String, CapabilityHandler> handlers) {
        this.handlers = handlers;
    }

    public static Capabilities none() {
        return NONE;
    }

    public static Capabilities of(String name, CapabilityHandler handler) {
        return NONE.and(name, handler);
    }

    /** These and one more. A name that is taken is replaced, so that a plugin can refine what its category gives. */
    public Capabilities and(String name, CapabilityHandler handler) {
        Map<String, CapabilityHandler> more = new LinkedHashMap<>(handlers);
        more.put(name, handler);
        return new Capabilities(more);
    }

    /** These and all of {@code others}; {@code others} win. */
    public Capabilities and(Capabilities others) {
        Map<String, CapabilityHandler> more = new LinkedHashMap<>(handlers);
        more.putAll(others.handlers);
        return new Capabilities(more);
    }

    public Set<String> names() {
        return Set.copyOf(handlers.keySet());
    }

    public Optional<CapabilityHandler> handler(String name) {
        return Optional.ofNullable(handlers.get(name));
    }
}
