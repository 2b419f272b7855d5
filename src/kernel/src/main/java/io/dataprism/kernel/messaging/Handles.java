package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.TableHandle;
import io.dataprism.api.View;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who may use which of this node's handles of tables and views. Whoever first sends one has made it; who gets it in a message may use it and
 * hand it on; nobody else may, however he came by its id. The host and the operator may use every one. Of more than 100,000 handles
 * whoever made the most loses those of its own that no message held for longest: nobody makes somebody else's be forgotten by sending many. Safe to use from any thread.
 *
 * <p>The keeper's own check, that the id is known, stands behind this one: ids are random, and a forgotten handle is as good as its id. A handle
 * of another node is that node's to check.
 */
final class Handles {
    private static final int MOST = 100_000;
    /** Of an id, in characters: what is kept of so many handles must not depend on what somebody calls them. */
    private static final int LONGEST = 128;

    private static final Set<String> KEYS = Set.of(TableHandle.KEY, View.KEY);

    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final String node;

    Handles(String node) {
        this.node = node;
    }

    /** One handle's holders, by label. */
    private static final class Known {
        private final String maker;
        private final Set<String> holders = ConcurrentHashMap.newKeySet();
        private volatile long seen = System.nanoTime();

        Known(String maker) {
            this.maker = maker;
        }
    }

    /** Whether {@code name} in an object of JSON makes that object a handle. */
    static boolean isKey(String name) {
        return !name.isEmpty() && name.charAt(0) == '$' && KEYS.contains(name);
    }

    /** Whether a handle stands somewhere in {@code owned}; costs one look. */
    static boolean standIn(@Nullable Object owned) {
        if (owned instanceof FrozenMap map) {
            return map.hasHandles();
        }
        if (owned instanceof SharedRecord shared) {
            return shared.hasHandles();
        }
        return owned instanceof FrozenList list && list.hasHandles();
    }

    /** @throws PluginException {@code DP-0423} where {@code sender} may not use every handle in {@code owned} */
    void require(@Nullable Object owned, Caller sender) {
        if (standIn(owned)) {
            each(owned, id -> requireOne(id, sender));
        }
    }

    /** {@code receiver} gets {@code owned}: it may use the handles in it. */
    void give(@Nullable Object owned, Caller receiver) {
        if (standIn(owned)) {
            each(owned, id -> {
                if (id.length() <= LONGEST) {
                    of(id, receiver).holders.add(receiver.label());
                }
            });
        }
    }

    /** Both. */
    void pass(@Nullable Object owned, Caller sender, Caller receiver) {
        require(owned, sender);
        give(owned, receiver);
    }

    /** {@code gone} has ended and uses none any more. */
    void forget(Caller gone) {
        known.values().removeIf(handle -> handle.holders.remove(gone.label()) && handle.holders.isEmpty());
    }

    private void requireOne(String id, Caller sender) {
        if (id.length() > LONGEST) {
            throw new PluginException(
                    "DP-0423",
                    sender + " may not use the handle '" + PluginException.excerpt(id.substring(0, 6))
                            + "…': its id has " + id.length() + " characters, and no handle's has more than " + LONGEST
                            + ". Pass a handle on exactly as it was returned.");
        }
        Known handle = known.get(id);
        if (handle == null) {
            of(id, sender).holders.add(sender.label());
            return;
        }
        boolean everything = sender.kind() == Caller.Kind.HOST || sender.kind() == Caller.Kind.OPERATOR;
        if (!everything && !handle.holders.contains(sender.label())) {
            throw new PluginException(
                    "DP-0423",
                    sender + " may not use the handle '"
                            + PluginException.excerpt(id.substring(0, Math.min(6, id.length())))
                            + "…': it was handed to others and never to it. Ask who holds it to pass it on in a message.");
        }
    }

    private Known of(String id, Caller first) {
        Known handle = known.get(id);
        if (handle == null) {
            Known made = new Known(first.label());
            Known before = known.putIfAbsent(id, made);
            handle = before == null ? made : before;
        }
        handle.seen = System.nanoTime();
        if (known.size() > MOST) {
            forgetHalf();
        }
        return handle;
    }

    /** Half of one maker's at once, since it looks at all. */
    private synchronized void forgetHalf() {
        if (known.size() > MOST) {
            long now = System.nanoTime();
            // Others may forget meanwhile: then there is room.
            String maker = whoMadeMost().orElse("");
            long[] ages = known.values().stream()
                    .filter(handle -> handle.maker.equals(maker))
                    .mapToLong(handle -> now - handle.seen)
                    .sorted()
                    .toArray();
            long oldest = ages.length == 0 ? Long.MAX_VALUE : ages[ages.length / 2];
            known.values().removeIf(handle -> handle.maker.equals(maker) && now - handle.seen > oldest);
        }
    }

    private Optional<String> whoMadeMost() {
        Map<String, Integer> made = new HashMap<>();
        known.values().forEach(handle -> made.merge(handle.maker, 1, Integer::sum));
        return made.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    int size() {
        return known.size();
    }

    private void each(@Nullable Object owned, Consumer<String> found) {
        if (owned instanceof FrozenMap map) {
            map.forEachHeld((name, value) -> {
                if (isKey(name) && value instanceof FrozenMap fields) {
                    one(fields, found);
                }
                if (standIn(value)) {
                    each(value, found);
                }
            });
        } else if (owned instanceof FrozenList list) {
            list.forEachHeld(item -> {
                if (standIn(item)) {
                    each(item, found);
                }
            });
        } else if (owned instanceof SharedRecord shared) {
            each(shared.json(), found);
        }
    }

    private void one(FrozenMap fields, Consumer<String> found) {
        if (fields.get("id") instanceof String id && node.equals(fields.get("node"))) {
            found.accept(id);
        }
    }
}
