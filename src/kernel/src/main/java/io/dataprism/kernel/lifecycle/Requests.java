package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.VersionRange;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resolve.Resolution;
import io.dataprism.kernel.resolve.Unresolved;
import io.dataprism.kernel.supervision.FailureHistory;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the requests for each plugin in turn: what each changes of what is wanted, and when it is fulfilled. Owned by the lifecycle thread. */
final class Requests {
    private final Engine engine;
    private final Slots slots;
    private final Journal journal;
    private final Supervisor supervisor;
    private final Leave leave;

    Requests(Engine engine, Slots slots, Journal journal, Supervisor supervisor, Leave leave) {
        this.supervisor = supervisor;
        this.leave = leave;
        this.engine = engine;
        this.slots = slots;
        this.journal = journal;
    }

    /** Begin the request whose turn it is; the next one has to wait until it is settled. */
    void begin(PluginSlot slot) {
        Operation operation = slot.operations.peek();
        if (operation == null || slot.busy || !operation.begin()) {
            return;
        }
        try {
            begin(slot, operation.request());
        } catch (PluginException e) {
            finish(slot, operation, e);
        } catch (RuntimeException | Error e) {
            // Whoever asked must not wait for ever, and those behind must have their turn, whatever is wrong here.
            finish(slot, operation, unexpected(slot, e));
        }
    }

    private static PluginException unexpected(PluginSlot slot, Throwable cause) {
        return new PluginException(
                "DP-0834",
                "What was asked of plugin '" + slot.id + "' could not be begun: " + cause
                        + ". If its configuration is not the cause, this is an error of the kernel: report it.",
                cause);
    }

    private void begin(PluginSlot slot, Request request) {
        slot.setback = null;
        if (!request.isDown() && slot.hosted == null && !slots.isInstalled(slot)) {
            throw removed(slot);
        }
        if (request instanceof Request.Up up) {
            up(slot, up.options());
        } else if (request instanceof Request.Arm arm) {
            arm(slot, arm.options());
        } else if (request instanceof Request.Down) {
            String kept = slot.memorySuspension && slot.hosted == null ? slot.suspension : null;
            bar(slot);
            // What did not run gave nothing back: it is suspended for its memory until somebody says otherwise.
            slot.suspension = kept;
            // Who waits for it to come up must learn that it will not, also where it never was up.
            engine.touchPending();
        } else if (request instanceof Request.Unload || request instanceof Request.Remove) {
            bar(slot);
            want(slot, false);
            engine.touchPending();
        } else if (request instanceof Request.Idle) {
            want(slot, !slots.usersOf(slot).isEmpty());
            slot.idled = !slot.wanted;
        } else if (request instanceof Request.Reload reload) {
            reload(slot, reload);
        } else if (request instanceof Request.Suspend suspend) {
            suspend(slot, suspend.why());
        } else if (request instanceof Request.Resume) {
            resume(slot);
        } else if (request instanceof Request.Release release) {
            release(slot, release.by());
        } else if (request instanceof Request.Configure configure) {
            reconfigure(slot, configure.config());
        }
    }

    /** The failure of what is asked of a plugin that was removed while it was on its way. */
    static PluginException removed(PluginSlot slot) {
        return new PluginException("DP-0201", "Plugin '" + slot.id + "' was removed meanwhile.");
    }

    private void suspend(PluginSlot slot, String why) {
        if (slot.hosted == null || engine.isLeaving(slot)) {
            throw new PluginException(
                    "DP-0667",
                    "Plugin '" + slot.id + "' can't be suspended: it is " + slot.state.label()
                            + ", and only what runs can be. Stop it, if it should not start.");
        }
        engine.suspend(slot, why);
    }

    private void resume(PluginSlot slot) {
        if (slot.suspension == null) {
            throw new PluginException(
                    "DP-0667",
                    "Plugin '" + slot.id + "' is not suspended but " + slot.state.label()
                            + ". Start it, if you want it to run: dataprism plugins start " + slot.id);
        }
        engine.resume(slot);
    }

    private void release(PluginSlot slot, String by) {
        if (slot.quarantine == null) {
            throw Supervisor.notQuarantined(slot);
        }
        supervisor.release(slot, by);
        slots.resolveAgain(slot);
        engine.touchPending();
    }

    private static void bar(PluginSlot slot) {
        slot.barred = true;
        slot.suspension = null;
        slot.alone = false;
        slot.endRespite();
        slot.idled = false;
        slot.fallback = null;
    }

    private void want(PluginSlot slot, boolean wanted) {
        if (slot.wanted != wanted) {
            slot.wanted = wanted;
            slots.resolveAgain(slot);
        }
    }

    private void up(PluginSlot slot, LoadOptions options) {
        narrow(slot, options);
        slot.barred = false;
        want(slot, true);
        if (slot.hosted == null) {
            options.config().ifPresent(config -> slot.config = config.copy());
            if (slot.quarantine != null) {
                throw Supervisor.quarantined(slot);
            }
            slot.forgetFailure();
            slot.startOver();
        } else if (slot.restart) {
            // It goes for another version, which takes the configuration as it starts.
            options.config().ifPresent(config -> slot.config = config.copy());
        } else {
            options.config()
                    .filter(config -> !config.equals(slot.config))
                    .ifPresent(config -> reconfigure(slot, config));
        }
    }

    private void arm(PluginSlot slot, LoadOptions options) {
        narrow(slot, options);
        slot.barred = false;
        options.config().ifPresent(config -> reconfigure(slot, config));
    }

    /** Keep to the versions that are welcome; a version that is not among them goes, once one that is can take its place. */
    private void narrow(PluginSlot slot, LoadOptions options) {
        options.version().map(VersionRange::of).ifPresent(range -> {
            PluginRecord pinned = slot.pinned;
            if (pinned == null || range.includes(pinned.version())) {
                slot.range = range;
            } else if (slot.hosted == null) {
                slot.range = range;
                slot.pinned = null;
            } else {
                change(slot, range);
            }
            slots.resolveAgain(slot);
        });
    }

    private void change(PluginSlot slot, VersionRange range) {
        VersionRange before = slot.range;
        PluginRecord pinned = slot.pinned;
        slot.range = range;
        slot.pinned = null;
        slots.resolveAgain(slot);
        Optional<Unresolved> obstacle = Slots.obstacle(slots.resolution(slot.id), slot.id)
                .or(() -> slots.chosen(slot).flatMap(leave::lacking));
        slot.range = before;
        if (obstacle.isPresent()) {
            slot.pinned = pinned;
            slots.resolveAgain(slot);
            throw new UnresolvedException(obstacle.get(), Optional.ofNullable(slot.hosted));
        }
        keepFallback(slot);
        slot.range = range;
        slot.restart = true;
    }

    private void reload(PluginSlot slot, Request.Reload request) {
        if (slot.quarantine != null
                && request.artifact().map(slot.seen::contains).orElse(true)) {
            throw Supervisor.quarantined(slot);
        }
        boolean blocked = slot.hosted != null
                && (slots.blocked(slot.hosted).isPresent()
                        || leave.vouching().lacking(slot.hosted.record()).isPresent());
        Optional<PluginRecord> next = request.artifact()
                .or(() -> slot.hosted == null || blocked ? Optional.empty() : slots.installed(slot.hosted.record()));
        if (blocked) {
            // It must not come back, neither by itself nor where another version fails.
            slot.pinned = null;
            slot.fallback = null;
        }
        next.ifPresent(record -> {
            requireResolvable(slot, record);
            if (!blocked) {
                keepFallback(slot);
            }
            slot.pinned = record;
            slot.range = slot.range.includes(record.version())
                    ? slot.range
                    : VersionRange.of(record.version().toString());
        });
        request.config().ifPresent(config -> slot.config = config.copy());
        slot.barred = false;
        want(slot, true);
        slot.suspension = null;
        slot.alone = false;
        slot.startOver();
        if (slot.hosted == null) {
            slot.fallback = null;
            supervisor.free(slot);
        }
        slot.restart = slot.hosted != null;
        slots.resolveAgain(slot);
    }

    private void requireResolvable(PluginSlot slot, PluginRecord record) {
        Resolution resolution = slots.resolutionWith(record);
        Slots.obstacle(resolution, slot.id)
                // Before what runs is taken down: it goes on with what it was granted.
                .or(() -> slot.hosted == null ? Optional.empty() : leave.lacking(record))
                .ifPresent(obstacle -> {
                    throw new UnresolvedException(obstacle, Optional.ofNullable(slot.hosted));
                });
    }

    /** What runs is what to go back to, unless that is known from a change just before that has yet to be carried out. */
    private static void keepFallback(PluginSlot slot) {
        if (slot.hosted != null && !(slot.restart && slot.fallback != null)) {
            slot.fallback = new PluginSlot.Previous(slot.hosted.record(), slot.config, slot.range);
        }
    }

    private void reconfigure(PluginSlot slot, JsonObject config) {
        HostedPlugin hosted = slot.hosted;
        // One that is suspended has no slice to take it in: it is restarted.
        if (hosted != null && hosted.isConfigurable() && slot.suspension == null) {
            engine.configure(slot, hosted, config.copy());
        } else {
            // Before anything of it, or of what depends on it, is taken down for a configuration that cannot be.
            engine.ifFits(slot, config.copy(), () -> replaceConfig(slot, config.copy()));
        }
    }

    private static void replaceConfig(PluginSlot slot, JsonObject config) {
        keepFallback(slot);
        slot.config = config;
        if (slot.quarantine != null) {
            // It is for its next start.
            return;
        }
        slot.suspension = null;
        slot.alone = false;
        slot.startOver();
        if (slot.hosted == null) {
            slot.forgetFailure();
        } else {
            slot.restart = true;
        }
    }

    /** Answer the request whose turn it is, once it is fulfilled or cannot be. */
    void settle(PluginSlot slot) {
        Operation operation = slot.operations.peek();
        if (operation == null || slot.busy) {
            return;
        }
        Request request = operation.request();
        boolean down = request.isDown();
        if (down ? slot.hosted == null : isSettledUp(slot)) {
            if (request instanceof Request.Idle && slot.state == PluginState.STOPPED) {
                journal.enter(slot, PluginState.INSTALLED);
            }
            if (request instanceof Request.Remove) {
                forget(slot);
                engine.delete(slot, failure -> deleted(slot, operation, failure));
            } else {
                finish(slot, operation, down ? settleDown(slot, request) : failureOf(slot));
            }
        }
    }

    private void deleted(PluginSlot slot, Operation operation, @Nullable Throwable failure) {
        finish(slot, operation, failure == null ? null : Outcomes.known(slot, failure));
    }

    /** Whether {@code slot} is as its wishes say, or cannot come any further by itself. */
    private boolean isSettledUp(PluginSlot slot) {
        if (slot.hosted != null) {
            return !engine.isLeaving(slot);
        }
        return !slot.shouldRun() || slot.blocked != null || isOvertaken(slot);
    }

    /** Whether a stop waits behind a start that itself only waits: what that needs may take long to come. */
    private static boolean isOvertaken(PluginSlot slot) {
        return slot.operations.stream()
                .anyMatch(operation -> operation.request().isDown());
    }

    private static @Nullable PluginException failureOf(PluginSlot slot) {
        if (slot.hosted != null || slot.setback != null) {
            return slot.setback;
        }
        if (slot.shouldRun() && slot.blocked == null) {
            return new PluginException(
                    "DP-0830",
                    "Plugin '" + slot.id + "' was not started: it was stopped while it waited for what it needs.");
        }
        return slot.held || slot.respite != null ? slot.cause : slot.blocked;
    }

    private @Nullable PluginException settleDown(PluginSlot slot, Request request) {
        PluginException failure = slot.state == PluginState.ERROR && isOfStopping(slot) ? slot.cause : null;
        if (request instanceof Request.Unload) {
            forget(slot);
        } else if (slot.state == PluginState.ERROR && failure == null) {
            journal.enter(slot, PluginState.STOPPING);
            journal.enter(slot, PluginState.STOPPED);
            slot.forgetFailure();
        }
        return failure;
    }

    private static boolean isOfStopping(PluginSlot slot) {
        String step = slot.failure == null ? "" : slot.failure.step();
        return step.equals(Step.STOP.label()) || step.equals(Step.DESTROY.label());
    }

    private void forget(PluginSlot slot) {
        supervisor.free(slot);
        slot.history = new FailureHistory();
        slot.pinned = null;
        slot.config = new JsonObject();
        slot.range = VersionRange.ANY;
        journal.enter(slot, PluginState.INSTALLED);
        engine.unloaded(slot);
        slots.resolveAgain(slot);
    }

    private void finish(PluginSlot slot, Operation operation, @Nullable PluginException failure) {
        slot.operations.remove(operation);
        engine.show(slot);
        if (failure == null && operation.request() instanceof Request.Remove) {
            engine.removed(slot);
            operation.promise().tryComplete();
        } else if (failure == null) {
            engine.answer(slot, operation);
        } else {
            operation.promise().tryFail(failure);
        }
        if (!slot.operations.isEmpty()) {
            engine.touch(slot);
        }
    }

    /** Fail everything that is asked of {@code slot}. */
    void refuse(PluginSlot slot, PluginException why) {
        List<Operation> refused = List.copyOf(slot.operations);
        slot.operations.clear();
        refused.forEach(operation -> operation.promise().tryFail(why));
        slot.turnAway(() -> why);
    }
}
