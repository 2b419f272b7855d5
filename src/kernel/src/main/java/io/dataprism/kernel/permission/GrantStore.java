package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.dataprism.kernel.audit.AuditTrail;
import io.dataprism.kernel.store.Batch;
import io.dataprism.kernel.store.Store;
import io.vertx.core.Future;
import java.lang.invoke.SwitchPoint;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What was requested by manifests, and what was granted and denied. Empty at first: everything is refused. What is wanted is allowed
 * where a grant covers it and no denial has anything in common with it. All of it is held in memory, and has effect at once; what outlives the node is
 * written behind that where there is a {@link Store}: see {@link #stored}. Safe to use from any thread; nothing blocks.
 */
public final class GrantStore {
    private final Map<Caller, HeldGrants> held = new ConcurrentHashMap<>();
    private final Map<Caller, Requested> requests = new ConcurrentHashMap<>();
    private final List<GrantListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong epoch = new AtomicLong();
    /** Of whom somebody keeps answers. */
    private final Map<Caller, SwitchPoint> unchanged = new ConcurrentHashMap<>();
    /** Of everybody to whom something was given, or whose manifest was read; nobody else's questions take room. */
    private final Map<Caller, Remembered> remembered = new ConcurrentHashMap<>();

    private final Clock clock;
    private final @Nullable GrantKeeper keeper;
    private volatile AuditTrail trail = AuditTrail.NONE;

    /** What a plugin's manifest asks for. */
    private record Requested(String version, Set<Permission> permissions) {}

    /** One in memory alone. */
    public GrantStore() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    GrantStore(Clock clock) {
        this.clock = clock;
        this.keeper = null;
    }

    private GrantStore(Clock clock, Store store, Executor threads) {
        this.clock = clock;
        this.keeper = new GrantKeeper(
                store,
                threads,
                caller -> held.getOrDefault(caller, HeldGrants.NONE).all());
    }

    /**
     * One that has what was stored in {@code store}, and stores there what is to outlive the node. Blocks.
     *
     * @param threads on which it writes
     * @throws PluginException {@code DP-0508} where something that was stored can't be read, {@code DP-0840} where the store can't
     */
    public static GrantStore keptIn(Store store, Executor threads) {
        return keptIn(store, threads, Clock.system(ZoneId.systemDefault()));
    }

    static GrantStore keptIn(Store store, Executor threads, Clock clock) {
        GrantStore grants = new GrantStore(clock, store, threads);
        StoredGrants.read(store)
                .forEach(grant -> grants.held.merge(
                        grant.to(), HeldGrants.NONE.with(grant), (before, one) -> before.with(grant)));
        grants.held.keySet().forEach(caller -> grants.remembered.put(caller, new Remembered()));
        return grants;
    }

    /** Where what is given and taken back is told from now on. */
    void trail(AuditTrail next) {
        trail = next;
    }

    /** Whether what is given for good, or until a time, is there again when the node was started anew. */
    public boolean isStored() {
        return keeper != null;
    }

    /** Whether {@code grant} is one of those. */
    public boolean isStored(Grant grant) {
        return isStored() && grant.outlives();
    }

    /**
     * Everything that was given, denied and taken back before this was called, on the disk.
     *
     * @return done at once where nothing is stored; fails with {@code DP-0507} where it could not be: it holds in memory all the same, and is tried
     *     again at the node's next checks
     */
    public Future<Void> stored() {
        return keeper == null ? Future.succeededFuture() : keeper.saved();
    }

    /** From now on {@code more} adds to what is stored of somebody, in the same breath; it is called on the thread that stores. */
    public void beside(BiConsumer<Caller, Batch> more) {
        if (keeper != null) {
            keeper.beside(more);
        }
    }

    /** Try again what could not be stored. */
    public void storeAgain() {
        if (keeper != null) {
            keeper.again();
        }
    }

    /** Store what is to be stored, and store nothing from then on. Blocks. */
    public void close() {
        if (keeper != null) {
            keeper.close();
        }
    }

    /** What time it is for grants that end. */
    public Clock clock() {
        return clock;
    }

    /**
     * Grant or deny until that is taken back; whether it is new.
     *
     * @param by who does, for example {@code operator}
     * @param reason why, in its words; may be empty
     */
    public boolean give(Caller to, PermissionRule rule, String by, String reason) {
        return give(to, rule, by, reason, Term.FOR_GOOD);
    }

    /**
     * The same for a while. What was given before by the same words is replaced.
     *
     * @throws PluginException {@code DP-0506} where the permission can't hold so long
     */
    public boolean give(Caller to, PermissionRule rule, String by, String reason, Term term) {
        requireFits(to, rule, term);
        return put(new Grant(to, rule, by, reason, clock.instant(), term, false));
    }

    /**
     * The same until it is taken back, for what is said anew at each start of the node, as conf does: it is not stored. What was given for good by
     * somebody else in the same words stays theirs.
     */
    public boolean giveAnew(Caller to, PermissionRule rule, String by, String reason) {
        Grant before = of(to).get(rule);
        return (before == null || !before.term().equals(Term.FOR_GOOD) || before.anew())
                && put(new Grant(to, rule, by, reason, clock.instant(), Term.FOR_GOOD, true));
    }

    private boolean put(Grant grant) {
        Caller to = grant.to();
        PermissionRule rule = grant.rule();
        Term term = grant.term();
        boolean[] fresh = {false};
        boolean[] other = {false};
        held.compute(to, (caller, before) -> {
            HeldGrants given = before == null ? HeldGrants.NONE : before;
            Grant old = given.get(rule);
            fresh[0] = old == null;
            other[0] = old == null || !old.term().equals(term);
            return given.with(grant);
        });
        if (other[0]) {
            trail.changed(given(grant));
            changed(to);
        } else {
            keep(to);
        }
        return fresh[0];
    }

    private static AuditEntry given(Grant grant) {
        return AuditEntry.done(
                Actor.named(grant.by()),
                grant.denies() ? "deny" : "grant",
                grant.to() + " " + grant.rule(),
                "holds " + grant.term().text() + (grant.reason().isEmpty() ? "" : "; " + grant.reason()));
    }

    private static void requireFits(Caller to, PermissionRule rule, Term term) {
        if (term.isOnce() && (rule.denies() || !rule.permission().name().isOneAct())) {
            throw new PluginException(
                    "DP-0506",
                    "'" + rule
                            + "' can't be given once: only publishing an event is over when it was done. Give it while the plugin runs,"
                            + " or until a certain time.");
        }
        if (term.isWhileRunning() && to.kind() != Caller.Kind.PLUGIN) {
            throw new PluginException(
                    "DP-0506",
                    "'" + rule + "' can't be given to " + to
                            + " while it runs: it is no plugin. Give it until a certain time.");
        }
    }

    /** Grant {@code permission} to {@code to} until it is revoked; whether it was not granted before. */
    public boolean grant(Caller to, Permission permission, String by, String reason) {
        return give(to, PermissionRule.grants(permission), by, reason);
    }

    /** The same with a permission as it is written, with a {@code !} before it to deny it. */
    public boolean grant(PluginId to, String rule, String by, String reason) {
        return give(Caller.plugin(to), PermissionRule.parse(rule), by, reason);
    }

    /**
     * Grant {@code permission} for a while, unless it is granted already.
     *
     * @return takes it back, unless somebody else has granted the same meanwhile
     */
    public Runnable lend(Caller to, Permission permission, String by, String reason) {
        return lend(to, PermissionRule.grants(permission), by, reason);
    }

    /** The same with what may deny. */
    public Runnable lend(Caller to, PermissionRule rule, String by, String reason) {
        Grant lent = new Grant(to, rule, by, reason, clock.instant(), Term.FOR_GOOD, true);
        boolean isNew = change(to, before -> before.get(rule) == null ? before.with(lent) : before);
        // What the kernel gives a plugin for itself is as much a part of the plugin's life as its state.
        boolean told = !by.equals("kernel");
        if (isNew && told) {
            trail.changed(given(lent));
        }
        UnaryOperator<HeldGrants> back = before -> lent.equals(before.get(rule)) ? without(before, rule) : before;
        return () -> {
            if (told) {
                end(to, Actor.named(by), "taken back", back);
            } else {
                change(to, back);
            }
        };
    }

    /** Take back what was given by exactly these words, as the host; whether it was there. */
    public boolean take(Caller from, PermissionRule rule) {
        return take(from, rule, Actor.HOST);
    }

    /** The same for who is named in the audit. */
    public boolean take(Caller from, PermissionRule rule, Actor who) {
        return end(from, who, "taken back", before -> without(before, rule));
    }

    /** The same where {@code by} gave it; what somebody else gave in the same words stays. */
    public boolean take(Caller from, PermissionRule rule, String by) {
        return end(
                from,
                Actor.named(by),
                "taken back",
                before -> before.only(
                        grant -> !grant.rule().equals(rule) || !grant.by().equals(by)));
    }

    private static HeldGrants without(HeldGrants held, PermissionRule rule) {
        return held.only(grant -> !grant.rule().equals(rule));
    }

    /** Take exactly the grant of {@code permission} back; whether it was granted. */
    public boolean revoke(Caller from, Permission permission) {
        return take(from, PermissionRule.grants(permission));
    }

    /** The same with a permission as it is written; one with a {@code !} before it is denied no more. */
    public boolean revoke(PluginId from, String rule) {
        return take(Caller.plugin(from), PermissionRule.parse(rule));
    }

    /** A change that only takes away, which the audit is told. */
    private boolean end(Caller of, Actor who, String why, UnaryOperator<HeldGrants> change) {
        List<Grant> gone = new ArrayList<>();
        boolean other = change(of, before -> {
            HeldGrants next = change.apply(before);
            gone.clear();
            before.all().stream()
                    .filter(grant -> next.get(grant.rule()) == null)
                    .forEach(gone::add);
            return next;
        });
        gone.forEach(grant -> trail.changed(AuditEntry.done(
                who,
                grant.denies() ? "deny-ended" : "grant-ended",
                of + " " + grant.rule(),
                why + "; it was given by " + grant.by() + " at " + grant.since())));
        return other;
    }

    private boolean change(Caller of, UnaryOperator<HeldGrants> change) {
        boolean[] other = {false};
        held.compute(of, (caller, before) -> {
            HeldGrants given = before == null ? HeldGrants.NONE : before;
            HeldGrants next = change.apply(given);
            other[0] = next != given;
            return next.isEmpty() ? null : next;
        });
        if (other[0]) {
            changed(of);
        }
        return other[0];
    }

    /** Whether what {@code caller} was granted covers {@code permission}, and nothing denies any of it; requested or not. */
    public boolean check(Caller caller, Permission permission) {
        HeldGrants given = held.get(caller);
        return given != null && given.still(clock).allow(permission);
    }

    public boolean check(PluginId plugin, String permission) {
        return check(Caller.plugin(plugin), Permission.parse(permission));
    }

    /** The grant that covers {@code permission}, be any of it denied or not. */
    public Optional<Grant> grantOf(Caller caller, Permission permission) {
        return of(caller).grant(permission);
    }

    /** What denies {@code permission}, or a part of it, whatever grants there are. */
    public Optional<Grant> denialOf(Caller caller, Permission permission) {
        return of(caller).denial(permission);
    }

    private HeldGrants of(Caller caller) {
        return held.getOrDefault(caller, HeldGrants.NONE).still(clock);
    }

    /** The same as {@link #check} for who does it now: where only a grant for once covers it, that one is spent. */
    boolean use(Caller caller, Permission permission) {
        HeldGrants given = held.get(caller);
        if (given == null || !given.isAnyOnce()) {
            return given != null && given.still(clock).allow(permission);
        }
        boolean[] allowed = {false};
        end(caller, Actor.KERNEL, "used, and it was for once", before -> {
            allowed[0] = before.still(clock).allow(permission);
            return allowed[0] ? spent(before, permission) : before;
        });
        return allowed[0];
    }

    private HeldGrants spent(HeldGrants before, Permission permission) {
        return before.still(clock)
                .grant(permission)
                .filter(grant -> grant.term().isOnce())
                .map(grant -> without(before, grant.rule()))
                .orElse(before);
    }

    /** What was given to {@code plugin} while it runs is over. */
    public void stopped(PluginId plugin) {
        Caller caller = Caller.plugin(plugin);
        if (held.containsKey(caller)) {
            end(
                    caller,
                    Actor.KERNEL,
                    "the plugin stopped",
                    before -> before.only(grant -> !grant.term().isWhileRunning()));
        }
    }

    /** Take back what is over by now, so that what stands on it ends. It is refused from its end on in any case. */
    public void expire() {
        held.forEach((caller, given) -> {
            if (given.still(clock) != given) {
                end(caller, Actor.KERNEL, "its time is over", before -> before.still(clock));
            }
        });
    }

    /** What {@code plugin}'s manifest requests, in place of what it requested before. */
    public void requests(PluginId plugin, Collection<Permission> permissions) {
        requests(plugin, "", permissions);
    }

    /** The same of a certain version, to be named in denials. */
    public void requests(PluginId plugin, String version, Collection<Permission> permissions) {
        requests.put(Caller.plugin(plugin), new Requested(version, Set.copyOf(permissions)));
        changed(Caller.plugin(plugin));
    }

    /** Forget what {@code plugin} requested; its grants stay for when it comes back. */
    public void forget(PluginId plugin) {
        if (requests.remove(Caller.plugin(plugin)) != null) {
            changed(Caller.plugin(plugin));
        }
    }

    /** Whether {@code caller}'s manifest requests {@code permission}. A user has no manifest, and needs none. */
    public boolean isRequested(Caller caller, Permission permission) {
        if (caller.kind() != Caller.Kind.PLUGIN) {
            return true;
        }
        Requested requested = requests.get(caller);
        return requested != null
                && (requested.permissions.contains(permission)
                        || HeldGrants.anyCovers(requested.permissions, permission));
    }

    /** Whether {@code caller}'s manifest has been read on this node. */
    public boolean isKnown(Caller caller) {
        return requests.containsKey(caller);
    }

    /** The version of {@code caller}'s manifest; empty where it is not known. */
    public String version(Caller caller) {
        Requested requested = requests.get(caller);
        return requested == null ? "" : requested.version;
    }

    /** What {@code caller} was granted and denied. */
    public List<Grant> grants(Caller caller) {
        return List.copyOf(of(caller).all());
    }

    public List<Grant> all() {
        List<Grant> all = new ArrayList<>();
        held.values().forEach(given -> all.addAll(given.still(clock).all()));
        return all;
    }

    /** Be told of changes, until the returned handle is run. */
    public Runnable listen(GrantListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Grows with each change, so that whoever remembers an answer can tell whether it still holds. */
    public long epoch() {
        return epoch.get();
    }

    /**
     * Valid until what {@code caller} may do changes: to be asked for before the answer that is to be kept so long. Empty where an answer may change by
     * itself, when a grant or a denial ends.
     */
    public Optional<SwitchPoint> unchanged(Caller caller) {
        SwitchPoint valid = unchanged.computeIfAbsent(caller, asked -> new SwitchPoint());
        HeldGrants given = held.get(caller);
        return given != null && given.isDated() ? Optional.empty() : Optional.of(valid);
    }

    /** Where answers to {@code caller} are kept until what it may do changes; null where it may do nothing at all. */
    @Nullable
    Remembered remembered(Caller caller) {
        return remembered.get(caller);
    }

    /** Forget all answers, since something changed that they rest on beside grants. */
    void forgetAnswers() {
        remembered.values().forEach(Remembered::forget);
    }

    /** Whether what {@code caller} holds of {@code name} stays the same until it is changed. */
    boolean isSteady(Caller caller, PermissionName name) {
        return held.getOrDefault(caller, HeldGrants.NONE).isSteady(name);
    }

    private void changed(Caller caller) {
        epoch.incrementAndGet();
        remembered.computeIfAbsent(caller, known -> new Remembered()).forget();
        SwitchPoint over = unchanged.remove(caller);
        if (over != null) {
            SwitchPoint.invalidateAll(new SwitchPoint[] {over});
        }
        keep(caller);
        listeners.forEach(listener -> listener.changed(caller));
    }

    private void keep(Caller caller) {
        if (keeper != null) {
            keeper.changed(caller);
        }
    }
}
