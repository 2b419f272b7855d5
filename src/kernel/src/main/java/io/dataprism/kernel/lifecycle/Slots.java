package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.Dependency;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.resolve.Resolution;
import io.dataprism.kernel.resolve.Resolutions;
import io.dataprism.kernel.resolve.Unresolved;
import io.dataprism.kernel.resolve.Wanted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All slots of a node, who uses whom, and the versions that run together. Owned by the lifecycle thread. */
final class Slots {
    /** Of ten plugins all have their turn each time, of more ten: what is known to need a look does not wait for its turn. */
    static final int TURN = 10;

    private final PluginRegistry registry;
    private final Map<PluginId, PluginSlot> slots = new HashMap<>();
    private final NavigableMap<Long, PluginSlot> inOrder = new TreeMap<>();
    private final Map<PluginId, Set<PluginSlot>> users = new HashMap<>();
    private final Set<PluginSlot> running = new HashSet<>();
    private final Set<PluginSlot> held = new HashSet<>();
    private final Set<PluginSlot> waiting = new LinkedHashSet<>();
    private final Resolutions resolutions = new Resolutions(new WhatIsAsked());
    /** What was installed or removed since the resolutions were told of such, written by whatever thread does it. */
    private final Set<PluginId> changed = ConcurrentHashMap.newKeySet();
    /** The same since {@link #news} was asked for. */
    private final Set<PluginId> news = new LinkedHashSet<>();

    private long places;
    private long nextTurn;

    Slots(PluginRegistry registry) {
        this.registry = registry;
        registry.follow(changed::add);
    }

    /** What the resolutions know of slots. */
    private final class WhatIsAsked implements Resolutions.Demand {
        @Override
        public List<Wanted> wanted(Set<PluginId> part) {
            return part.stream()
                    .map(slots::get)
                    .filter(slot -> slot != null && slot.wanted)
                    .sorted(Comparator.comparingLong(slot -> slot.place))
                    .map(slot -> new Wanted(slot.id, slot.range))
                    .toList();
        }

        @Override
        public Optional<PluginKey> keepsTo(PluginId id) {
            return find(id).map(slot -> slot.pinned).map(PluginRecord::key);
        }
    }

    PluginSlot of(PluginId id) {
        return slots.computeIfAbsent(id, this::made);
    }

    private PluginSlot made(PluginId id) {
        PluginSlot made = new PluginSlot(id, places++);
        inOrder.put(made.place, made);
        return made;
    }

    Optional<PluginSlot> find(PluginId id) {
        return Optional.ofNullable(slots.get(id));
    }

    /** Whether {@code slot} was not forgotten. */
    boolean has(PluginSlot slot) {
        return slots.get(slot.id) == slot;
    }

    List<PluginSlot> all() {
        return List.copyOf(inOrder.values());
    }

    List<PluginSlot> where(Predicate<PluginSlot> holds) {
        return inOrder.values().stream().filter(holds).toList();
    }

    void forget(PluginId id) {
        PluginSlot forgotten = slots.remove(id);
        if (forgotten != null) {
            inOrder.remove(forgotten.place);
            running.remove(forgotten);
            held.remove(forgotten);
            waiting.remove(forgotten);
            resolutions.changed(id);
        }
    }

    /** {@code slot} has taken a step; one that was forgotten may still have one to take, and counts no more. */
    void seen(PluginSlot slot) {
        boolean known = has(slot);
        count(slot, known && slot.isUp(), running);
        count(slot, known && slot.held, held);
        count(slot, known && slot.isDown() && slot.shouldRun(), waiting);
    }

    private static void count(PluginSlot slot, boolean isOne, Set<PluginSlot> those) {
        if (isOne) {
            those.add(slot);
        } else {
            those.remove(slot);
        }
    }

    /** How many were up when they last took a step. */
    int running() {
        return running.size();
    }

    /** How many failed. */
    int held() {
        return held.size();
    }

    /** Those whose turn it is to be looked at; after the last it is the first one's again. */
    List<PluginSlot> turn() {
        List<PluginSlot> turn = from(nextTurn);
        if (turn.isEmpty()) {
            turn = from(0);
        }
        nextTurn = turn.isEmpty() ? 0 : turn.get(turn.size() - 1).place + 1;
        return turn;
    }

    private List<PluginSlot> from(long place) {
        List<PluginSlot> turn = new ArrayList<>(TURN);
        // Not by a stream, which would count all that follow first.
        Iterator<PluginSlot> following = inOrder.tailMap(place, true).values().iterator();
        while (turn.size() < TURN && following.hasNext()) {
            turn.add(following.next());
        }
        return turn;
    }

    /** Those that should run, and could not when they last took a step. */
    List<PluginSlot> waiting() {
        return List.copyOf(waiting);
    }

    /** {@code slot} is on its way up, or up, and uses its providers. */
    void use(PluginSlot slot, HostedPlugin hosted) {
        slot.hosted = hosted;
        hosted.providers()
                .forEach(provider -> users.computeIfAbsent(provider.id(), id -> new HashSet<>())
                        .add(slot));
    }

    /** It is down and uses nobody. */
    void release(PluginSlot slot) {
        HostedPlugin hosted = slot.hosted;
        slot.hosted = null;
        if (hosted != null) {
            hosted.providers()
                    .forEach(provider ->
                            users.getOrDefault(provider.id(), new HashSet<>()).remove(slot));
        }
    }

    /** The slots that use {@code slot} now. */
    Set<PluginSlot> usersOf(PluginSlot slot) {
        return Set.copyOf(users.getOrDefault(slot.id, Set.of()));
    }

    /** What is wanted of {@code slot} has changed, or the version that it keeps to. */
    void resolveAgain(PluginSlot slot) {
        learn();
        resolutions.changed(slot.id);
    }

    /** Take note of what was installed and removed meanwhile. */
    void learn() {
        for (Iterator<PluginId> all = changed.iterator(); all.hasNext(); ) {
            PluginId id = all.next();
            // First taken off, then looked at: what changes between the two is noted again.
            all.remove();
            news.add(id);
            resolutions.installed(
                    id,
                    registry.versions(id).stream()
                            .filter(record -> registry.blocked(record).isEmpty())
                            .map(PluginRecord::manifest)
                            .toList());
        }
    }

    /** Take note of all that is installed, since which of it is blocked has changed. */
    void learnAll() {
        registry.all().forEach(record -> changed.add(record.id()));
        learn();
    }

    /** Why what runs, or is on its way, may not; empty where it may. */
    Optional<PluginException> blocked(HostedPlugin hosted) {
        return blocked(hosted.record());
    }

    /** Why {@code slot} can't be started though versions of it are installed; empty where that is not since they are blocked. */
    Optional<PluginException> blocked(PluginSlot slot) {
        return registry.versions(slot.id).stream()
                .filter(record -> slot.range.includes(record.version()))
                .flatMap(record -> blocked(record).stream())
                .findFirst();
    }

    private Optional<PluginException> blocked(PluginRecord record) {
        return registry.blocked(record)
                .map(refusal -> new PluginException(
                        refusal.code(),
                        "Plugin '" + record.id() + "' " + record.version() + " may not run. " + refusal.message()));
    }

    /** Take note of what is installed of {@code id} now, whether or not anything was told of it. */
    void lookAgain(PluginId id) {
        changed.add(id);
        learn();
    }

    /** Take the plugins of which something was installed or removed since this was asked last. */
    List<PluginId> news() {
        learn();
        List<PluginId> taken = List.copyOf(news);
        news.clear();
        return taken;
    }

    /** {@code id} is to be among the next news once more. */
    void newsAgain(PluginId id) {
        news.add(id);
    }

    /** What fits together of all that is wanted and has to do with {@code id}; what runs keeps its version. */
    Resolution resolution(PluginId id) {
        return resolutions.of(id);
    }

    /** The same if the plugin of {@code instead} were another version. */
    Resolution resolutionWith(PluginRecord instead) {
        learn();
        return resolutions.with(instead.key());
    }

    static Optional<Unresolved> obstacle(Resolution resolution, PluginId id) {
        return resolution.unresolved().stream()
                .filter(unresolved -> unresolved.id().equals(id))
                .findFirst();
    }

    /** The version of {@code slot} that is to be started. */
    Optional<PluginRecord> chosen(PluginSlot slot) {
        PluginRecord pinned = slot.pinned;
        return resolution(slot.id)
                .chosen(slot.id)
                .flatMap(key -> pinned != null && pinned.key().equals(key) ? Optional.of(pinned) : registry.find(key));
    }

    /** {@code slot} is about to be started as {@code record}, which it keeps to until it is down. */
    void pin(PluginSlot slot, PluginRecord record) {
        slot.pinned = record;
        slot.seen = registry.versions(slot.id);
    }

    /** Nothing fixes the version of {@code slot} any more. */
    void unpin(PluginSlot slot) {
        if (slot.pinned != null) {
            slot.pinned = null;
            resolveAgain(slot);
        }
    }

    /** Whether there is an artifact that was not there when {@code slot} was last started. */
    boolean hasNews(PluginSlot slot) {
        return registry.versions(slot.id).stream()
                .anyMatch(record -> slot.range.includes(record.version()) && !slot.seen.contains(record));
    }

    /** What runs, or failed, or else what would be started if somebody asked. */
    Optional<PluginRecord> current(PluginSlot slot) {
        PluginRecord settled = slot.pinned == null ? slot.tried : slot.pinned;
        if (settled != null) {
            return Optional.of(settled);
        }
        return registry.newest(slot.id, slot.range)
                .or(() -> registry.versions(slot.id).stream().findFirst());
    }

    boolean isInstalled(PluginSlot slot) {
        return !registry.versions(slot.id).isEmpty();
    }

    /** What is installed of a plugin, by its SHA-256; may be called by any thread. */
    List<String> artifacts(PluginId id) {
        return registry.versions(id).stream()
                .map(record -> record.artifact().sha256())
                .toList();
    }

    /** Which of the installed versions of {@code id} have one of these SHA-256. */
    List<PluginRecord> versionsAmong(PluginId id, List<String> artifacts) {
        return registry.versions(id).stream()
                .filter(record -> artifacts.contains(record.artifact().sha256()))
                .toList();
    }

    /** Delete all versions of a plugin; blocks, and may be called by any thread. */
    @Nullable
    Void delete(PluginId id) {
        registry.versions(id).forEach(record -> registry.remove(record.key()));
        return null;
    }

    /** {@code record} as it is installed now. */
    Optional<PluginRecord> installed(PluginRecord record) {
        return registry.find(record.key());
    }

    /** Whether {@code user} cannot do without {@code provider}. */
    static boolean requires(PluginManifest user, PluginManifest provider) {
        return user.dependencies().stream()
                .filter(dependency -> !dependency.optional())
                .anyMatch(dependency -> dependency.target() instanceof Dependency.OnPlugin plugin
                        ? plugin.id().equals(provider.id())
                        : dependency.target() instanceof Dependency.OnCapability needed
                                && provider.capabilities().contains(needed.capability()));
    }
}
