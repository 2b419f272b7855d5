package io.dataprism.kernel.permission;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one caller was granted and denied, in the order in which it was. Immutable. */
final class HeldGrants {
    static final HeldGrants NONE = new HeldGrants(Map.of());

    private final Map<PermissionRule, Grant> all;
    /** By what they grant, so that what was granted as it is wanted is found at once. */
    private final Map<Permission, Grant> grants = new LinkedHashMap<>();

    private final List<Grant> denials = new ArrayList<>();
    private final boolean ends;
    private final boolean once;
    /** A bit for each name of which a grant or a denial ends by itself or is spent when it is used. */
    private final long unsteady;

    private HeldGrants(Map<PermissionRule, Grant> all) {
        this.all = all;
        boolean dated = false;
        boolean single = false;
        long passing = 0;
        for (Grant grant : all.values()) {
            boolean isDated = grant.term().end().isPresent();
            dated |= isDated;
            single |= grant.term().isOnce();
            if (isDated || grant.term().isOnce()) {
                passing |= grant.permission().name().bit();
            }
            if (grant.denies()) {
                denials.add(grant);
            } else {
                grants.put(grant.permission(), grant);
            }
        }
        this.ends = dated;
        this.once = single;
        this.unsteady = passing;
    }

    HeldGrants with(Grant grant) {
        Map<PermissionRule, Grant> next = new LinkedHashMap<>(all);
        next.put(grant.rule(), grant);
        return new HeldGrants(next);
    }

    /** Those of which {@code kept} is true; these where that is all. */
    HeldGrants only(Predicate<Grant> kept) {
        if (all.values().stream().allMatch(kept)) {
            return this;
        }
        Map<PermissionRule, Grant> next = new LinkedHashMap<>();
        all.forEach((rule, grant) -> {
            if (kept.test(grant)) {
                next.put(rule, grant);
            }
        });
        return new HeldGrants(next);
    }

    /** Those that are not over by themselves. */
    HeldGrants still(Clock clock) {
        if (!ends) {
            return this;
        }
        Instant now = clock.instant();
        return only(grant -> !grant.term().isOver(now));
    }

    @Nullable
    Grant get(PermissionRule rule) {
        return all.get(rule);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Collection<Grant> all() {
        return all.values();
    }

    /** Whether one of them is over by itself some time. */
    boolean isDated() {
        return ends;
    }

    /** Whether what they say of {@code name} stays the same as long as nobody changes them, whatever the time and however often it is used. */
    boolean isSteady(PermissionName name) {
        return (unsteady & name.bit()) == 0;
    }

    /** Whether one of them is spent when it is used. */
    boolean isAnyOnce() {
        return once;
    }

    /** A grant that covers {@code wanted}, and no denial touches it. */
    boolean allow(Permission wanted) {
        return isGranted(wanted) && (denials.isEmpty() || denial(wanted).isEmpty());
    }

    private boolean isGranted(Permission wanted) {
        return grants.containsKey(wanted) || anyCovers(grants.keySet(), wanted);
    }

    static boolean anyCovers(Collection<Permission> held, Permission wanted) {
        for (Permission one : held) {
            if (one.covers(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** What covers {@code wanted}: one that lasts, where there is one. */
    Optional<Grant> grant(Permission wanted) {
        List<Grant> covering = grants.values().stream()
                .filter(grant -> grant.permission().covers(wanted))
                .toList();
        return covering.stream()
                .filter(grant -> !grant.term().isOnce())
                .findFirst()
                .or(() -> covering.stream().findFirst());
    }

    /** What denies {@code wanted}, or a part of it. */
    Optional<Grant> denial(Permission wanted) {
        return denials.stream()
                .filter(denial -> denial.permission().overlaps(wanted))
                .findFirst();
    }
}
