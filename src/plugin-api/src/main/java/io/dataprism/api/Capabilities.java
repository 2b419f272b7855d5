package io.dataprism.api;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The named operations of a plugin, each with its handler. Immutable.
 *
 * <pre>{@code
 * Capabilities offered = Capabilities.of("now", call -> Future.succeededFuture(java.time.Instant.now().toString()))
 *         .and("echo", call -> Future.succeededFuture(call.json()))
 *         .idempotent("now");
 * }</pre>
 */
public final class Capabilities {
    private static final Capabilities NONE = new Capabilities(Map.of(), Set.of());

    private final Map<String, CapabilityHandler> handlers;
    private final Set<String> idempotent;

    private Capabilities(Map<String, CapabilityHandler> handlers, Set<String> idempotent) {
        this.handlers = handlers;
        this.idempotent = idempotent;
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
        return new Capabilities(more, idempotent);
    }

    /** These and all of {@code others}; {@code others} win. */
    public Capabilities and(Capabilities others) {
        Map<String, CapabilityHandler> more = new LinkedHashMap<>(handlers);
        more.putAll(others.handlers);
        Set<String> again = new HashSet<>(idempotent);
        again.addAll(others.idempotent);
        return new Capabilities(more, again);
    }

    /** These, of which {@code names} may be called twice as well as once, so that a call that may have been lost may be made again. */
    public Capabilities idempotent(String... names) {
        Set<String> again = new HashSet<>(idempotent);
        for (String name : names) {
            if (!handlers.containsKey(name)) {
                throw new PluginException(
                        "DP-0310", "'" + name + "' can't be idempotent: there is no such capability.");
            }
            again.add(name);
        }
        return new Capabilities(handlers, again);
    }

    public boolean isIdempotent(String name) {
        return idempotent.contains(name);
    }

    public Set<String> names() {
        // No copy: an immutable set takes quadratic time where somebody chose names of equal hashes.
        return Collections.unmodifiableSet(handlers.keySet());
    }

    public Optional<CapabilityHandler> handler(String name) {
        return Optional.ofNullable(handlers.get(name));
    }
}
