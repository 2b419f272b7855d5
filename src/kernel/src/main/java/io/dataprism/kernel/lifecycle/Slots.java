package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.Dependency;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.resolve.DependencyResolver;
import io.dataprism.kernel.resolve.Resolution;
import io.dataprism.kernel.resolve.Unresolved;
import io.dataprism.kernel.resolve.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All slots of a node, who uses whom, and the versions that run together. Owned by the lifecycle thread. */
final class Slots {
    private final PluginRegistry registry;
    private final Map<PluginId, PluginSlot> slots = new LinkedHashMap<>();
    private final Map<PluginId, Set<PluginSlot>> users = new HashMap<>();
    private @Nullable Resolution resolution;

    Slots(PluginRegistry registry) {
        this.registry = registry;
    }

    PluginSlot of(PluginId id) {
        return slots.computeIfAbsent(id, PluginSlot::new);
    }

    Optional<PluginSlot> find(PluginId id) {
        return Optional.ofNullable(slots.get(id));
    }

    Collection<PluginSlot> all() {
        return List.copyOf(slots.values());
    }

    List<PluginSlot> where(Predicate<PluginSlot> holds) {
        return slots.values().stream().filter(holds).toList();
    }

    void forget(PluginId id) {
        slots.remove(id);
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

    /** Something that a resolution depends on has changed. */
    void resolveAgain() {
        resolution = null;
    }

    /** What fits together of all that is wanted; what runs keeps its version. */
    Resolution resolution() {
        if (resolution == null) {
            resolution = resolve(List.of());
        }
        return resolution;
    }

    /** The same if the plugin of {@code instead} were another version. */
    Resolution resolutionWith(PluginRecord instead) {
        return resolve(List.of(instead));
    }

    private Resolution resolve(List<PluginRecord> instead) {
        Map<PluginId, PluginRecord> fixed = new HashMap<>();
        slots.values().forEach(slot -> {
            if (slot.pinned != null) {
                fixed.put(slot.id, slot.pinned);
            }
        });
        instead.forEach(record -> fixed.put(record.id(), record));
        List<PluginManifest> candidates = new ArrayList<>();
        for (PluginRecord record : registry.all()) {
            PluginRecord only = fixed.get(record.id());
            if (only == null || only.key().equals(record.key())) {
                candidates.add(record.manifest());
            }
        }
        List<Wanted> wanted = new ArrayList<>();
        slots.values().stream()
                .filter(slot -> slot.wanted
                        && instead.stream().noneMatch(record -> record.id().equals(slot.id)))
                .forEach(slot -> wanted.add(new Wanted(slot.id, slot.range)));
        instead.forEach(record -> wanted.add(Wanted.any(record.id())));
        return DependencyResolver.resolve(candidates, wanted);
    }

    static Optional<Unresolved> obstacle(Resolution resolution, PluginId id) {
        return resolution.unresolved().stream()
                .filter(unresolved -> unresolved.id().equals(id))
                .findFirst();
    }

    /** The version of {@code slot} that is to be started. */
    Optional<PluginRecord> chosen(PluginSlot slot) {
        PluginRecord pinned = slot.pinned;
        return resolution()
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
            resolveAgain();
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
