package io.dataprism.charts;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.MemoryAccount;
import io.dataprism.api.View;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The views that callers hold. Each belongs to who asked for it, and ends with its lease, which each use renews. Used in the plugin's
 * slices only.
 */
final class Views {
    private static final int ID_BYTES = 16;

    private final Map<String, Held> held = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final String node;
    private final Duration lease;
    private final int most;
    private final MemoryAccount memory;

    Views(String node, Duration lease, int most, MemoryAccount memory) {
        this.node = node;
        this.lease = lease;
        this.most = most;
        this.memory = memory;
    }

    /** A view, whose it is, and until when. */
    private record Held(String owner, ChartView view, Instant until) {}

    View add(Caller owner, ChartView view) {
        if (held.size() >= most) {
            sweep();
        }
        if (held.size() >= most) {
            throw new CallException(
                    FailureKind.BUSY,
                    "Plugin 'charts' holds " + most
                            + " views, which is the most it may. Release views that are no longer needed.");
        }
        memory.allocate(view.bytes());
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        Instant until = Instant.now().plus(lease);
        held.put(id, new Held(owner.label(), view, until));
        return new View(node, owner.label(), id, until);
    }

    /** The view, for whoever holds it, and for operator and host. */
    ChartView get(Caller caller, View view) {
        Held found = find(caller, view);
        held.put(view.id(), new Held(found.owner, found.view, Instant.now().plus(lease)));
        return found.view;
    }

    void replace(Caller caller, View view, ChartView other) {
        Held found = find(caller, view);
        // Charged first: where there is no memory for the new one, the old one stays.
        long more = other.bytes() - found.view.bytes();
        if (more > 0) {
            memory.allocate(more);
        } else {
            memory.deallocate(-more);
        }
        held.put(view.id(), new Held(found.owner, other, Instant.now().plus(lease)));
    }

    void remove(Caller caller, View view) {
        memory.deallocate(find(caller, view).view.bytes());
        held.remove(view.id());
    }

    private Held find(Caller caller, View view) {
        Held found = held.get(view.id());
        boolean trusted = caller.kind() == Caller.Kind.OPERATOR || caller.kind() == Caller.Kind.HOST;
        if (found == null || !(trusted || found.owner.equals(caller.label()))) {
            throw new CallException(
                    FailureKind.INVALID,
                    "Plugin 'charts' holds no such view for " + caller
                            + ": it was released, its lease ended, or it belongs to somebody else. Render it again.");
        }
        return found;
    }

    /** End the views whose lease is over. */
    void sweep() {
        Instant now = Instant.now();
        removeIf(one -> one.until.isBefore(now));
    }

    /** End all views of an owner. */
    void removeOwnedBy(String label) {
        removeIf(one -> one.owner.equals(label));
    }

    private void removeIf(Predicate<Held> over) {
        held.values().removeIf(one -> {
            boolean ends = over.test(one);
            if (ends) {
                memory.deallocate(one.view.bytes());
            }
            return ends;
        });
    }
}
