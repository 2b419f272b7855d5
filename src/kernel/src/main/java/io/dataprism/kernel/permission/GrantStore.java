package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was requested by manifests and what was granted, in memory. Empty at first: everything is refused. Safe to use from
 * any thread.
 */
public final class GrantStore {
    private final Map<Caller, Map<Permission, Grant>> grants = new ConcurrentHashMap<>();
    private final Map<Caller, Set<Permission>> requests = new ConcurrentHashMap<>();
    private final List<GrantListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong epoch = new AtomicLong();
    private final Clock clock;

    public GrantStore() {
        this(Clock.systemUTC());
    }

    GrantStore(Clock clock) {
        this.clock = clock;
    }

    /** Grant {@code permission} to {@code to}; whether it was not granted before. */
    public boolean grant(Caller to, Permission permission, String by, String reason) {
        Grant grant = new Grant(to, permission, by, reason, clock.instant());
        boolean[] added = {false};
        grants.compute(to, (caller, held) -> {
            Map<Permission, Grant> next = held == null ? new LinkedHashMap<>() : new LinkedHashMap<>(held);
            added[0] = next.put(permission, grant) == null;
            return next;
        });
        if (added[0]) {
            changed(to);
        }
        return added[0];
    }

    /**
     * Grant {@code permission} for a while, unless it is granted already.
     *
     * @return takes it back, unless somebody else has granted the same meanwhile
     */
    public Runnable lend(Caller to, Permission permission, String by, String reason) {
        Grant lent = new Grant(to, permission, by, reason, clock.instant());
        boolean[] added = {false};
        grants.compute(to, (caller, held) -> {
            Map<Permission, Grant> next = held == null ? new LinkedHashMap<>() : new LinkedHashMap<>(held);
            added[0] = next.putIfAbsent(permission, lent) == null;
            return next;
        });
        if (added[0]) {
            changed(to);
        }
        return () -> takeBack(lent);
    }

    private void takeBack(Grant lent) {
        boolean[] removed = {false};
        grants.computeIfPresent(lent.to(), (caller, held) -> {
            if (!lent.equals(held.get(lent.permission()))) {
                return held;
            }
            Map<Permission, Grant> next = new LinkedHashMap<>(held);
            next.remove(lent.permission());
            removed[0] = true;
            return next.isEmpty() ? null : next;
        });
        if (removed[0]) {
            changed(lent.to());
        }
    }

    public boolean grant(PluginId to, String permission, String by, String reason) {
        return grant(Caller.plugin(to), Permission.parse(permission), by, reason);
    }

    /** Take exactly {@code permission} back; whether it was granted. */
    public boolean revoke(Caller from, Permission permission) {
        boolean[] removed = {false};
        grants.computeIfPresent(from, (caller, held) -> {
            Map<Permission, Grant> next = new LinkedHashMap<>(held);
            removed[0] = next.remove(permission) != null;
            return next.isEmpty() ? null : next;
        });
        if (removed[0]) {
            changed(from);
        }
        return removed[0];
    }

    public boolean revoke(PluginId from, String permission) {
        return revoke(Caller.plugin(from), Permission.parse(permission));
    }

    /** Whether what {@code caller} was granted covers {@code permission}, requested or not. */
    public boolean check(Caller caller, Permission permission) {
        Map<Permission, Grant> held = grants.get(caller);
        return held != null && (held.containsKey(permission) || anyCovers(held.keySet(), permission));
    }

    public boolean check(PluginId plugin, String permission) {
        return check(Caller.plugin(plugin), Permission.parse(permission));
    }

    /** What {@code plugin}'s manifest requests, in place of what it requested before. */
    public void requests(PluginId plugin, Collection<Permission> permissions) {
        requests.put(Caller.plugin(plugin), Set.copyOf(permissions));
        changed(Caller.plugin(plugin));
    }

    /** Forget what {@code plugin} requested; its grants stay for when it comes back. */
    public void forget(PluginId plugin) {
        if (requests.remove(Caller.plugin(plugin)) != null) {
            changed(Caller.plugin(plugin));
        }
    }

    /** Whether {@code caller}'s manifest requests {@code permission}. A user has no manifest, and needs none. */
    public boolean isRequested(Caller caller, Permission permission) {
        if (caller.kind() != Caller.Kind.PLUGIN) {
            return true;
        }
        Set<Permission> requested = requests.get(caller);
        return requested != null && (requested.contains(permission) || anyCovers(requested, permission));
    }

    /** Whether {@code caller}'s manifest has been read on this node. */
    public boolean isKnown(Caller caller) {
        return requests.containsKey(caller);
    }

    private static boolean anyCovers(Collection<Permission> held, Permission permission) {
        for (Permission one : held) {
            if (one.covers(permission)) {
                return true;
            }
        }
        return false;
    }

    public List<Grant> grants(Caller caller) {
        return List.copyOf(grants.getOrDefault(caller, Map.of()).values());
    }

    public List<Grant> all() {
        List<Grant> all = new ArrayList<>();
        grants.values().forEach(held -> all.addAll(held.values()));
        return all;
    }

    /** Be told of changes, until the returned handle is run. */
    public Runnable listen(GrantListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Grows with each change, so that whoever remembers an answer can tell whether it still holds. */
    public long epoch() {
        return epoch.get();
    }

    private void changed(Caller caller) {
        epoch.incrementAndGet();
        listeners.forEach(listener -> listener.changed(caller));
    }
}
