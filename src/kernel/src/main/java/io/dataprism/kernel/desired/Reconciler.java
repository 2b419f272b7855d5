package io.dataprism.kernel.desired;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.lifecycle.UnresolvedException;
import io.dataprism.kernel.lifecycle.WaitingException;
import io.dataprism.kernel.permission.PermissionRule;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is into what should be, whenever it is not so. One run at a time; a change during a run is followed by another run.
 * Safe to use from any thread.
 */
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Operations operations;
    private final Duration patience;
    private final Map<PluginId, Fetch> fetching = new LinkedHashMap<>();
    private final Set<Fetch> late = new HashSet<>();
    /** Held while grants are given or withdrawn, so that a run does not give what was withdrawn meanwhile. */
    private final Object granting = new Object();

    private final Map<PluginId, WantedPlugin> applied = new LinkedHashMap<>();
    private final Map<PluginId, String> complaints = new LinkedHashMap<>();
    /** Since the run that is under way began. */
    private final Map<PluginId, Set<String>> revoked = new LinkedHashMap<>();

    private @Nullable DesiredState desired;
    private @Nullable Promise<Void> next;
    private boolean running;

    /** An artifact that is being brought. */
    private record Fetch(WantedPlugin plugin, Future<Void> done) {
        boolean isOf(WantedPlugin other) {
            return plugin.source().equals(other.source()) && plugin.sha256().equals(other.sha256());
        }
    }

    /** @param patience how long all others wait for an artifact that comes over a network; it is brought up when it has come */
    public Reconciler(Operations operations, Duration patience) {
        this.operations = operations;
        this.patience = patience;
    }

    /** Want {@code state} from now on; completes when a run that knew it is done. What it grants no more is over when this returns. */
    public Future<Void> apply(DesiredState state) {
        synchronized (granting) {
            DesiredState before = want(state);
            state.plugins().forEach(plugin -> deny(plugin, before));
            before.plugins().forEach(plugin -> withdraw(plugin, state));
        }
        return reconcile();
    }

    private synchronized DesiredState want(DesiredState state) {
        DesiredState before = desired == null ? DesiredState.NOTHING : desired;
        desired = state;
        return before;
    }

    /** What it is denied from now on; at once, and before an older denial goes that may have covered the same. */
    private void deny(WantedPlugin wanted, DesiredState before) {
        List<String> had = before.plugin(wanted.id()).map(WantedPlugin::grants).orElse(List.of());
        wanted.grants().stream()
                .filter(rule -> PermissionRule.isDenial(rule) && !had.contains(rule))
                .forEach(rule -> deny(wanted.id(), rule));
    }

    private void deny(PluginId id, String rule) {
        try {
            grant(id, rule);
        } catch (RuntimeException cause) {
            fail(new LinkedHashMap<>(), id, cause);
        }
    }

    /** Not at the next run: the one under way may wait long for a plugin that comes up. */
    private void withdraw(WantedPlugin before, DesiredState wanted) {
        List<String> kept = wanted.plugin(before.id()).map(WantedPlugin::grants).orElse(List.of());
        revoke(WantedPlugin.grantsFirst(before.grants()).stream()
                .filter(permission -> !kept.contains(permission))
                .<Step>map(permission -> new Step.Revoke(before.id(), permission))
                .toList());
    }

    /** What was wanted when the run began may be wanted no more. */
    private void grant(PluginId id, String permission) {
        synchronized (granting) {
            if (wanted(id).filter(now -> now.grants().contains(permission)).isPresent()) {
                operations.grant(id, permission);
                given(id, permission);
            }
        }
    }

    private synchronized void given(PluginId id, String permission) {
        revoked.getOrDefault(id, new HashSet<>()).remove(permission);
    }

    /** What is wanted of a plugin, where it is. */
    public synchronized Optional<WantedPlugin> wanted(PluginId id) {
        return Optional.ofNullable(desired).flatMap(state -> state.plugin(id));
    }

    /** The steps that a run would take if {@code state} were wanted. */
    public synchronized Plan plan(DesiredState state) {
        return Plan.between(state, Map.copyOf(applied), operations.states());
    }

    /** Compare and act. Never fails: what can't be done is written to the log once, and tried again at the next run. */
    public Future<Void> reconcile() {
        Promise<Void> done;
        synchronized (this) {
            if (desired == null) {
                return Future.succeededFuture();
            }
            if (next == null) {
                next = Promise.promise();
            }
            done = next;
            if (running) {
                return done.future();
            }
            running = true;
        }
        run();
        return done.future();
    }

    private void run() {
        Promise<Void> done;
        DesiredState wanted;
        synchronized (this) {
            if (next == null || desired == null) {
                running = false;
                return;
            }
            done = next;
            next = null;
            wanted = desired;
            revoked.clear();
        }
        // An error of the kernel's own must not end all runs.
        Future.succeededFuture()
                .compose(go -> carryOut(wanted))
                .onFailure(cause -> LOG.error(
                        "What is desired could not be compared with what is; this is an error of the kernel", cause))
                .onComplete(any -> {
                    done.complete();
                    run();
                });
    }

    /**
     * First what may be done no more, whatever becomes of the rest; then all artifacts, so that the resolver sees them together; then
     * everything else, plugin by plugin side by side.
     */
    private Future<Void> carryOut(DesiredState wanted) {
        Map<PluginId, List<Step>> plan = plan(wanted).byPlugin();
        plan.values().forEach(this::revoke);
        List<Future<Void>> near = new ArrayList<>();
        List<Future<Void>> far = new ArrayList<>();
        Map<PluginId, Throwable> failed = new LinkedHashMap<>();
        plan.forEach((id, steps) -> wanted.plugin(id)
                .filter(plugin -> steps.stream().anyMatch(Step.Install.class::isInstance))
                .ifPresent(plugin -> (operations.isFar(plugin) ? far : near)
                        .add(fetch(plugin).onFailure(cause -> fail(failed, id, cause)))));
        return Future.join(near)
                .transform(here -> Future.join(far).timeout(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS))
                .transform(all -> {
                    leaveSlow(wanted, failed);
                    // Together, or one that another needs would be started for that before its settings are known.
                    return operations.together(() -> carryOut(wanted, plan, ids(failed)));
                })
                .transform(done -> near.isEmpty() && far.isEmpty() ? Future.succeededFuture() : operations.installed())
                .transform(told -> Future.succeededFuture());
    }

    /** Bring an artifact, or go on waiting for it where that was begun in an earlier run. */
    private synchronized Future<Void> fetch(WantedPlugin plugin) {
        Fetch known = fetching.remove(plugin.id());
        Future<Void> done;
        if (known == null) {
            done = operations.install(plugin);
        } else if (known.isOf(plugin)) {
            done = known.done;
        } else {
            // One after the other: what comes last is what counts.
            done = known.done.transform(any -> operations.install(plugin));
        }
        fetching.put(plugin.id(), new Fetch(plugin, done));
        return done;
    }

    /** What has not come yet keeps no other waiting; there is another run when it has. */
    private synchronized void leaveSlow(DesiredState wanted, Map<PluginId, Throwable> failed) {
        fetching.values().removeIf(fetch -> fetch.done.isComplete());
        fetching.forEach((id, slow) -> {
            if (wanted.plugin(id).isPresent() && !failed.containsKey(id)) {
                fail(
                        failed,
                        id,
                        new IllegalStateException("its artifact is still being fetched from "
                                + slow.plugin.source().orElse("its source") + "; the others go on without it"));
                if (late.add(slow)) {
                    slow.done.onComplete(come -> come(slow));
                }
            }
        });
    }

    private void come(Fetch slow) {
        synchronized (this) {
            late.remove(slow);
            PluginId id = slow.plugin.id();
            if (wanted(id).isEmpty()) {
                // Nobody wants it any more: it is taken away as what was wanted and brought before.
                applied.putIfAbsent(id, slow.plugin.withGrants(List.of()));
            }
        }
        reconcile();
    }

    private Future<Void> carryOut(DesiredState wanted, Map<PluginId, List<Step>> plan, Set<PluginId> failed) {
        List<Future<Void>> brought = new ArrayList<>();
        plan.forEach((id, steps) -> {
            if (!failed.contains(id)) {
                brought.add(carryOut(steps).onComplete(result -> remember(wanted, id, result.cause())));
            }
        });
        return Future.join(brought).mapEmpty();
    }

    /** What was revoked is forgotten; what could not be is tried again at the next run. */
    private void revoke(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.Revoke revoke) {
                try {
                    operations.revoke(step.id(), revoke.permission());
                    forget(step.id(), revoke.permission());
                } catch (RuntimeException cause) {
                    fail(new LinkedHashMap<>(), step.id(), cause);
                }
            }
        }
    }

    private synchronized void forget(PluginId id, String permission) {
        revoked.computeIfAbsent(id, first -> new HashSet<>()).add(permission);
        applied.computeIfPresent(
                id,
                (same, before) -> before.withGrants(before.grants().stream()
                        .filter(held -> !held.equals(permission))
                        .toList()));
    }

    private synchronized Set<PluginId> ids(Map<PluginId, Throwable> failed) {
        return Set.copyOf(failed.keySet());
    }

    private synchronized void fail(Map<PluginId, Throwable> failed, PluginId id, Throwable cause) {
        failed.put(id, cause);
        complain(id, cause);
    }

    /** Once for each failure, however often it happens, unless the log has it already. */
    private void complain(PluginId id, Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        if (!text.equals(complaints.put(id, text)) && !operations.isLogged(id, cause)) {
            // Why what it requires does not run is told once, of that one.
            LOG.warn(
                    "Plugin '{}' is not as desired: {}",
                    id,
                    cause instanceof WaitingException waiting ? waiting.brief() : text);
        }
    }

    private Future<Void> carryOut(List<Step> steps) {
        Future<Void> sequence = Future.succeededFuture();
        for (Step step : steps) {
            sequence = sequence.compose(done -> carryOut(step));
        }
        return sequence;
    }

    private Future<Void> carryOut(Step step) {
        if (step instanceof Step.Enable enable) {
            return operations.enable(enable.wanted());
        } else if (step instanceof Step.Reload reload) {
            return operations.reload(step.id(), reload.config());
        } else if (step instanceof Step.Configure configure) {
            return operations.configure(step.id(), configure.config());
        } else if (step instanceof Step.Supervise supervise) {
            return operations.supervise(step.id(), supervise.terms());
        } else if (step instanceof Step.Stop) {
            return operations.stop(step.id());
        } else if (step instanceof Step.Remove) {
            return operations.remove(step.id());
        } else if (step instanceof Step.Limit limit) {
            return operations.limit(step.id(), limit.allowance());
        } else if (step instanceof Step.Grant grant) {
            grant(step.id(), grant.permission());
        }
        return Future.succeededFuture();
    }

    /**
     * What was carried out, even where it failed: a plugin that does not start keeps its error, and starts again when something about it
     * changes. A grant that could not be revoked is remembered, too, until it was. One that runs on as another version, since the wanted one
     * does not fit what is installed, is asked for again until it does.
     */
    private synchronized void remember(DesiredState wanted, PluginId id, @Nullable Throwable cause) {
        List<String> grants =
                new ArrayList<>(wanted.plugin(id).map(WantedPlugin::grants).orElse(List.of()));
        List<String> held = Optional.ofNullable(applied.get(id)).map(WantedPlugin::grants).orElse(List.of()).stream()
                .filter(permission -> !grants.contains(permission))
                .toList();
        grants.addAll(held);
        grants.removeAll(revoked.getOrDefault(id, Set.of()));
        if (wanted.plugin(id).isEmpty() && held.isEmpty()) {
            applied.remove(id);
        } else {
            WantedPlugin carriedOut =
                    wanted.plugin(id).orElse(WantedPlugin.of(id)).withGrants(grants);
            applied.put(id, cause instanceof UnresolvedException ? carriedOut.inNoVersion() : carriedOut);
        }
        if (cause != null) {
            complain(id, cause);
        } else if (held.isEmpty()) {
            complaints.remove(id);
        }
    }
}
