package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.VersionRange;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.supervision.FailureHistory;
import io.dataprism.kernel.supervision.Quarantine;
import io.dataprism.kernel.supervision.SupervisionTerms;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is wanted of one plugin, and what is. Owned by the lifecycle thread. */
final class PluginSlot {
    private static final int FEW_TRANSITIONS = 4;
    private static final int MOST_TRANSITIONS = 20;

    final PluginId id;
    /** Where it stands in the order in which plugins were first asked for. */
    final long place;

    final Deque<Operation> operations = new ArrayDeque<>(1);
    private final List<Promise<Void>> awaiting = new ArrayList<>();

    PluginState state = PluginState.INSTALLED;
    Instant since = Instant.now();

    /** Whether it should run: asked for, or needed by one that was asked for. */
    boolean wanted;
    /** Whether the operator stopped it; then nothing but the operator starts it. */
    boolean barred;
    /** Whether it failed; then nothing but a request or another artifact starts it. */
    boolean held;
    /** Whether it was stopped for want of work: then what would use it starts it again. */
    boolean idled;
    /** Whether it is to go down and come up again. */
    boolean restart;
    /** Whether it is on its way up or down, or taking a configuration. */
    boolean busy;

    VersionRange range = VersionRange.ANY;
    JsonObject config = new JsonObject();
    /** The version that runs, is on its way, or is to be started next, whatever else is installed. */
    @Nullable
    PluginRecord pinned;
    /** The version that failed. */
    @Nullable
    PluginRecord tried;
    /** The versions that were installed when it was last started. */
    List<PluginRecord> seen = List.of();
    /** What to go back to where the next start fails. */
    @Nullable
    Previous fallback;

    @Nullable
    HostedPlugin hosted;
    /** Why it failed last. */
    @Nullable
    PluginException cause;

    @Nullable
    PluginFailure failure;
    /** What a request that is under way will fail with, though the plugin runs. */
    @Nullable
    PluginException setback;
    /** Why it is to be suspended whenever it runs; null: it is not. */
    @Nullable
    String suspension;
    /** Whether it is suspended for the memory that it holds: then the next start of the node knows it. */
    boolean memorySuspension;
    /** Whether it is quarantined once it is down. */
    boolean evicted;
    /** Why it is in a state in which it runs, but not as it would. */
    @Nullable
    String reason;
    /** What it waits for. */
    @Nullable
    PluginException blocked;

    /** What the operator says about its supervision. */
    SupervisionTerms terms = SupervisionTerms.NONE;

    FailureHistory history = new FailureHistory();
    /** Whether somebody asked for the start that is next or under way, and it has not run since. */
    boolean asked = true;
    /** Why it is to go down, though it runs and is wanted. */
    @Nullable
    StepException crash;
    /** Whether those that use it stay up while it goes down and comes back. */
    boolean alone;
    /** {@link System#nanoTime} when it came up last. */
    long upSince;
    /** Until when it is not started again. */
    @Nullable
    Respite respite;

    @Nullable
    Quarantine quarantine;

    /** What it answered last, since it came up. */
    @Nullable
    Health health;

    Optional<Supervised.Release> released = Optional.empty();

    /** The last, the oldest first; small, since there may be ten thousand of this. */
    private final Deque<Transition> transitions = new ArrayDeque<>(FEW_TRANSITIONS);

    PluginSlot(PluginId id, long place) {
        this.id = id;
        this.place = place;
    }

    /** A version and configuration that ran, and the versions that were welcome then. */
    record Previous(PluginRecord record, JsonObject config, VersionRange range) {}

    /** It goes from one state to another. */
    void note(Transition transition) {
        if (transitions.size() >= MOST_TRANSITIONS) {
            transitions.removeFirst();
        }
        transitions.addLast(transition);
    }

    /** Its last transitions since the node started, the oldest first. */
    List<Transition> transitions() {
        return List.copyOf(transitions);
    }

    boolean shouldRun() {
        return wanted && !barred && !held;
    }

    /** Whether it is up, and neither on its way nor busy. */
    boolean isUp() {
        return hosted != null && !busy;
    }

    boolean isDown() {
        return hosted == null && !busy;
    }

    Optional<HostedPlugin> running() {
        return isUp() ? Optional.ofNullable(hosted) : Optional.empty();
    }

    /** Completes when it runs, or fails when nothing will bring it up. */
    Future<Void> whenRunning() {
        Promise<Void> running = Promise.promise();
        awaiting.add(running);
        return running.future();
    }

    /** It runs: whoever waited for that goes on. */
    void welcome() {
        List<Promise<Void>> waited = List.copyOf(awaiting);
        awaiting.clear();
        waited.forEach(Promise::tryComplete);
    }

    /** It will not run: whoever waits for it is told why. */
    void turnAway(Supplier<PluginException> why) {
        if (!awaiting.isEmpty()) {
            PluginException known = why.get();
            List<Promise<Void>> waited = List.copyOf(awaiting);
            awaiting.clear();
            waited.forEach(waiting -> waiting.tryFail(known));
        }
    }

    void fail(PluginException exception, String step) {
        cause = exception;
        failure = new PluginFailure(exception.code(), String.valueOf(exception.getMessage()), step);
    }

    /** Somebody asked for it: no pause keeps it down, and what failed before does not count any more. */
    void startOver() {
        asked = true;
        history.startOver();
        endRespite();
    }

    void endRespite() {
        if (respite != null) {
            respite.cancel().run();
            respite = null;
        }
    }

    /** Whether those that use it may go on meanwhile, since it is on its way back. */
    boolean comesBackAlone() {
        return alone && shouldRun() && !restart && (blocked == null || respite != null);
    }

    void forgetFailure() {
        held = false;
        cause = null;
        failure = null;
        setback = null;
        tried = null;
    }
}
