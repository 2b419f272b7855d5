package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.resolve.Resolution;
import io.dataprism.kernel.resolve.Unresolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a plugin can be brought up now, and whether one that is up must go. Owned by the lifecycle thread. */
final class Readiness {
    private final Engine engine;
    private final Slots slots;
    private final Leave leave;

    Readiness(Engine engine, Slots slots, Leave leave) {
        this.leave = leave;
        this.engine = engine;
        this.slots = slots;
    }

    /** What is done with a plugin that is ready. */
    interface Start {
        void with(PluginSlot slot, PluginRecord record, List<HostedPlugin> providers);
    }

    /** Start {@code slot}, or let it wait for what is coming, or write down what it lacks. */
    void of(PluginSlot slot, Start start) {
        Resolution resolution = slots.resolution(slot.id);
        Optional<PluginRecord> record = slots.chosen(slot);
        if (isOutdated(resolution, slot)) {
            slots.lookAgain(slot.id);
            resolution.dependenciesOf(slot.id).forEach(slots::lookAgain);
            of(slot, start);
            return;
        }
        if (record.isEmpty()) {
            block(
                    slot,
                    slots.blocked(slot)
                            .or(() -> Slots.obstacle(resolution, slot.id).map(Readiness::unresolved))
                            .orElse(gone(slot)));
            return;
        }
        Optional<Unresolved> missing = leave.lacking(record.get());
        if (missing.isPresent()) {
            block(slot, unresolved(missing.get()));
            return;
        }
        List<HostedPlugin> providers = new ArrayList<>();
        boolean coming = false;
        for (PluginId id : resolution.dependenciesOf(slot.id)) {
            PluginSlot provider = slots.of(id);
            if (provider.isUp() && !isLeaving(provider)) {
                provider.running().ifPresent(providers::add);
                continue;
            }
            boolean required = slots.chosen(provider)
                    // Removed this moment: nothing is known of it, so that starting without it would be a guess.
                    .map(of -> Slots.requires(record.get().manifest(), of.manifest()))
                    .orElse(true);
            Optional<PluginException> obstacle = obstacle(slot, provider);
            if (obstacle.isEmpty() && (required || provider.wanted)) {
                coming = true;
                pullIn(provider);
            } else if (required) {
                block(slot, obstacle.orElseThrow());
                return;
            }
        }
        if (!coming) {
            start.with(slot, record.get(), providers);
        }
    }

    /** Whether it names what was removed meanwhile, by a thread that has yet to say so. */
    private boolean isOutdated(Resolution resolution, PluginSlot slot) {
        return Stream.concat(Stream.of(slot.id), resolution.dependenciesOf(slot.id).stream())
                .anyMatch(id -> resolution.chosen(id).isPresent()
                        && slots.chosen(slots.of(id)).isEmpty());
    }

    private void pullIn(PluginSlot provider) {
        if (!provider.wanted) {
            provider.wanted = true;
            slots.resolveAgain(provider);
        }
        if (provider.isDown()) {
            engine.touch(provider);
        }
    }

    private static Optional<PluginException> obstacle(PluginSlot slot, PluginSlot provider) {
        if (provider.barred) {
            return Optional.of(needs(slot, provider, "which was stopped. Start it", null));
        }
        if (provider.held) {
            String why = provider.failure == null ? null : provider.failure.message();
            return Optional.of(needs(slot, provider, "which failed", why));
        }
        PluginException blocked = provider.blocked;
        return blocked == null
                ? Optional.empty()
                : Optional.of(needs(slot, provider, "which waits itself", blocked.getMessage()));
    }

    private static PluginException needs(PluginSlot slot, PluginSlot provider, String what, @Nullable String why) {
        return new WaitingException(slot, "'" + provider.id + "', " + what, why);
    }

    private static PluginException unresolved(Unresolved unresolved) {
        return new PluginException(unresolved.code(), unresolved.message());
    }

    private static PluginException gone(PluginSlot slot) {
        return new PluginException(
                "DP-0821", "Plugin '" + slot.id + "' waits: no installed version fits. Install one that does.");
    }

    private void block(PluginSlot slot, PluginException reason) {
        if (slot.pinned != null) {
            // While it waits it keeps to no version: another one may do without what it lacks.
            slots.unpin(slot);
            engine.touch(slot);
            return;
        }
        boolean told = slot.blocked != null;
        slot.blocked = reason;
        slot.turnAway(() -> reason);
        if (!told) {
            slots.resolution(slot.id)
                    .dependentsOf(slot.id)
                    .forEach(id -> slots.find(id).ifPresent(user -> {
                        if (user.isDown() && user.shouldRun() && user.blocked == null) {
                            engine.touch(user);
                        }
                    }));
        }
    }

    /** Whether a plugin that is up, or on its way up, must go down: it is not wanted any more, or something it uses goes. */
    boolean isLeaving(PluginSlot slot) {
        HostedPlugin hosted = slot.hosted;
        if (hosted == null) {
            return false;
        }
        if (engine.isClosing() || slot.restart || slot.crash != null || !slot.shouldRun()) {
            return true;
        }
        return hosted.providers().stream().anyMatch(provider -> {
            PluginSlot used = slots.of(provider.id());
            if (used.comesBackAlone()) {
                return false;
            }
            return used.hosted != provider || isLeaving(used);
        });
    }
}
