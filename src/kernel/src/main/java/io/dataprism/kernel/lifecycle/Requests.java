package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.VersionRange;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resolve.Resolution;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the requests for each plugin in turn: what each changes of what is wanted, and when it is fulfilled. Owned by the lifecycle thread. */
final class Requests {
    private final Engine engine;
    private final Slots slots;
    private final Journal journal;

    Requests(Engine engine, Slots slots, Journal journal) {
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
        if (request instanceof Request.Up up) {
            up(slot, up.options());
        } else if (request instanceof Request.Arm arm) {
            arm(slot, arm.options());
        } else if (request instanceof Request.Down) {
            slot.barred = true;
            slot.idled = false;
            // Who waits for it to come up must learn that it will not, also where it never was up.
            engine.touchPending();
        } else if (request instanceof Request.Unload) {
            slot.barred = true;
            slot.idled = false;
            want(slot, false);
            engine.touchPending();
        } else if (request instanceof Request.Idle) {
            want(slot, !slots.usersOf(slot).isEmpty());
            slot.idled = !slot.wanted;
        } else if (request instanceof Request.Reload reload) {
            reload(slot, reload);
        } else if (request instanceof Request.Configure configure) {
            reconfigure(slot, configure.config());
        }
    }

    private void want(PluginSlot slot, boolean wanted) {
        if (slot.wanted != wanted) {
            slot.wanted = wanted;
            slots.resolveAgain();
        }
    }

    private void up(PluginSlot slot, LoadOptions options) {
        narrow(slot, options);
        slot.barred = false;
        want(slot, true);
        if (slot.hosted == null) {
            slot.forgetFailure();
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

    /** Keep to the versions that are welcome; a version that is not among them goes. */
    private void narrow(PluginSlot slot, LoadOptions options) {
        options.version().ifPresent(text -> {
            slot.range = VersionRange.of(text);
            PluginRecord pinned = slot.pinned;
            if (pinned != null && !slot.range.includes(pinned.version())) {
                slot.pinned = null;
                slot.restart = slot.hosted != null;
            }
            slots.resolveAgain();
        });
    }

    private void reload(PluginSlot slot, Request.Reload request) {
        Optional<PluginRecord> next = request.artifact()
                .or(() -> slot.hosted == null ? Optional.empty() : slots.installed(slot.hosted.record()));
        next.ifPresent(record -> {
            requireResolvable(slot, record);
            keepFallback(slot);
            slot.pinned = record;
            slot.range = slot.range.includes(record.version())
                    ? slot.range
                    : VersionRange.of(record.version().toString());
        });
        request.config().ifPresent(config -> slot.config = config.copy());
        slot.barred = false;
        want(slot, true);
        if (slot.hosted == null) {
            slot.fallback = null;
            slot.forgetFailure();
        }
        slot.restart = slot.hosted != null;
        slots.resolveAgain();
    }

    private void requireResolvable(PluginSlot slot, PluginRecord record) {
        Resolution resolution = slots.resolutionWith(record);
        Slots.obstacle(resolution, slot.id).ifPresent(obstacle -> {
            throw new PluginException(obstacle.code(), obstacle.message());
        });
    }

    private static void keepFallback(PluginSlot slot) {
        if (slot.hosted != null) {
            slot.fallback = new PluginSlot.Previous(slot.hosted.record(), slot.config, slot.range);
        }
    }

    private void reconfigure(PluginSlot slot, JsonObject config) {
        HostedPlugin hosted = slot.hosted;
        if (hosted != null && hosted.isConfigurable()) {
            engine.configure(slot, hosted, config.copy());
        } else {
            // Before anything of it, or of what depends on it, is taken down for a configuration that cannot be.
            engine.ifFits(slot, config.copy(), () -> replaceConfig(slot, config.copy()));
        }
    }

    private static void replaceConfig(PluginSlot slot, JsonObject config) {
        keepFallback(slot);
        slot.config = config;
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
            finish(slot, operation, down ? settleDown(slot, request) : failureOf(slot));
        }
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
        return slot.held ? slot.cause : slot.blocked;
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
        slot.forgetFailure();
        slot.pinned = null;
        slot.config = new JsonObject();
        slot.range = VersionRange.ANY;
        journal.enter(slot, PluginState.INSTALLED);
        engine.forgetRequests(slot);
        slots.resolveAgain();
    }

    private void finish(PluginSlot slot, Operation operation, @Nullable PluginException failure) {
        slot.operations.remove(operation);
        engine.show(slot);
        if (failure == null) {
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
