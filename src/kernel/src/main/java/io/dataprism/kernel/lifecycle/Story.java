package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.messaging.CircuitState;
import io.dataprism.kernel.supervision.FailureRecord;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.sandbox.UnloadWatch;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the life cycle knows of one plugin beside its {@link PluginInfo}: how it came to where it is, who uses it, what its code does now, what is left of earlier
 * lives. Owned by the lifecycle thread.
 */
final class Story {
    /** What runs for less may be another plugin's by the time that one looks. */
    private static final Duration SHORT = Duration.ofMillis(50);

    /** Within this a garbage collection is not to be expected. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final LifecycleThread thread;
    private final Slots slots;
    private final Hosting hosting;

    Story(LifecycleThread thread, Slots slots, Hosting hosting) {
        this.thread = thread;
        this.slots = slots;
        this.hosting = hosting;
    }

    /** {@code transitions}, {@code failures}, {@code dependents}, {@code code}, {@code circuits}, {@code circuitsToIt}, {@code leaks}. */
    Future<JsonObject> of(PluginId id) {
        JsonObject story = slots.find(id).map(this::live).orElseGet(JsonObject::new);
        story.put("dependents", dependents(id));
        List<UnloadWatch.Waiting> leaks = hosting.unloaded().waiting().stream()
                .filter(loader -> loader.name().startsWith(id + "@"))
                .filter(loader -> loader.age().compareTo(SOON) >= 0)
                .toList();
        return leaks.isEmpty()
                ? Future.succeededFuture(story.put("leaks", new JsonArray()))
                : thread.aside(hosting.blocking(), () -> story.put("leaks", leaks(leaks)));
    }

    private JsonObject live(PluginSlot slot) {
        JsonObject story = new JsonObject()
                .put(
                        "transitions",
                        array(slot.transitions().stream()
                                .map(Transition::toJson)
                                .toList()))
                .put(
                        "failures",
                        array(slot.history.shown().stream()
                                .map(FailureRecord::toJson)
                                .toList()))
                .put("circuits", array(circuits(slot).map(CircuitState::toJson).toList()))
                .put("circuitsToIt", array(circuitsTo(slot.id).toList()));
        slot.running()
                .flatMap(HostedPlugin::mailbox)
                .flatMap(mailbox -> code(slot, mailbox))
                .ifPresent(code -> story.put("code", code));
        return story;
    }

    /** Those that use it now, and those that would if they ran. */
    private JsonArray dependents(PluginId id) {
        TreeSet<String> all = new TreeSet<>();
        slots.find(id).ifPresent(slot -> {
            slots.usersOf(slot).forEach(user -> all.add(user.id.value()));
            slots.resolution(id).dependentsOf(id).forEach(dependent -> all.add(dependent.value()));
        });
        return new JsonArray(List.copyOf(all));
    }

    private static Stream<CircuitState> circuits(PluginSlot slot) {
        return slot.running().stream().flatMap(HostedPlugin::circuits);
    }

    /** Of others, to what it offers; each with its {@code caller}. */
    private Stream<JsonObject> circuitsTo(PluginId id) {
        return slots.all().stream()
                .flatMap(caller -> circuits(caller)
                        .filter(circuit -> circuit.what().startsWith(id + ":"))
                        .map(circuit -> circuit.toJson().put("caller", caller.id.value())));
    }

    /** What its slice does now, if it has one that has run for a while. */
    private static Optional<JsonObject> code(PluginSlot slot, Mailbox mailbox) {
        OptionalLong began = mailbox.sliceStartedNanos();
        Optional<Thread> on = mailbox.runningOn();
        if (began.isEmpty() || on.isEmpty() || System.nanoTime() - began.getAsLong() < SHORT.toNanos()) {
            return Optional.empty();
        }
        HostedPlugin hosted = slot.running().orElseThrow();
        Frames frames = Frames.of(on.get(), hosted.record().key().toString());
        long millis = (System.nanoTime() - began.getAsLong()) / 1_000_000;
        return mailbox.sliceStartedNanos().equals(began)
                ? Optional.of(frames.toJson().put("ms", millis))
                : Optional.empty();
    }

    /** Blocks. */
    private static JsonArray leaks(List<UnloadWatch.Waiting> loaders) {
        return array(loaders.stream()
                .map(loader -> new JsonObject()
                        .put("loader", loader.name())
                        .put("closedMillis", loader.age().toMillis())
                        .put("holders", new JsonArray(loader.holders())))
                .toList());
    }

    private static JsonArray array(Collection<?> all) {
        return new JsonArray(List.copyOf(all));
    }
}
