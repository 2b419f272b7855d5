package io.dataprism.child;

import io.dataprism.child.wire.Op;
import io.dataprism.sandbox.guard.CallGuard;
import io.dataprism.sandbox.guard.RefusedCall;
import java.lang.invoke.SwitchPoint;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Asks the kernel what the plugin's code may call, and keeps what it says until grants change. Safe to use from any thread. */
final class ChildGuard implements CallGuard {
    private static final int MOST_KEPT = 10_000;

    private final ChildLink link;
    private volatile Known known = new Known();

    /** What holds until grants change. */
    private static final class Known {
        private final SwitchPoint lasting = new SwitchPoint();
        private final ConcurrentMap<String, Boolean> answers = new ConcurrentHashMap<>();
    }

    ChildGuard(ChildLink link) {
        this.link = link;
    }

    @Override
    public boolean mayCall(String permission, String scope) {
        Known now = known;
        String key = permission + ":" + scope;
        Boolean kept = now.answers.get(key);
        if (kept != null) {
            return kept;
        }
        boolean may = Boolean.TRUE.equals(
                link.now(Op.MAY_CALL, out -> out.text(permission).text(scope)));
        if (now.answers.size() < MOST_KEPT) {
            now.answers.put(key, may);
        }
        return may;
    }

    @Override
    public Optional<SwitchPoint> lasting() {
        return Optional.of(known.lasting);
    }

    @Override
    public SecurityException refusal(RefusedCall call) {
        try {
            link.now(
                    Op.REFUSAL,
                    out -> out.text(call.method())
                            .text(call.permission())
                            .text(call.scope())
                            .text(call.reason())
                            .text(call.place()));
            return new SecurityException(call.toString());
        } catch (SecurityException refusal) {
            return refusal;
        }
    }

    /** What was answered before holds no more. */
    void changed() {
        Known before = known;
        known = new Known();
        SwitchPoint.invalidateAll(new SwitchPoint[] {before.lasting});
    }
}
