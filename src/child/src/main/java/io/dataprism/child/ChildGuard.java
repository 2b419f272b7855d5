package io.dataprism.child;

import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Wire;
import io.dataprism.sandbox.guard.CallGuard;
import io.dataprism.sandbox.guard.RefusedCall;
import java.lang.invoke.SwitchPoint;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Asks the kernel what the plugin's code may call, and keeps what it says until grants change. Safe to use from any thread. */
final class ChildGuard implements CallGuard {
    private static final int MOST_KEPT = 10_000;

    private final ChildLink link;
    private volatile Known known = new Known(false);

    /** What holds until grants change. */
    private static final class Known {
        private final SwitchPoint lasting = new SwitchPoint();
        /** Whether answers end of themselves, so that each is to be asked for. */
        private final boolean dated;

        private final ConcurrentMap<String, Boolean> answers = new ConcurrentHashMap<>();

        Known(boolean dated) {
            this.dated = dated;
        }
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
        if (permission.length() > Wire.LONGEST_TOLD || scope.length() > Wire.LONGEST_TOLD) {
            // Nobody was ever given that, and the kernel would not read it.
            return false;
        }
        int answer = (Integer) Objects.requireNonNull(
                link.now(Op.MAY_CALL, out -> out.text(permission).text(scope)));
        boolean may = (answer & Wire.MAY) != 0;
        if ((answer & Wire.LASTS) == 0) {
            ends(now);
        } else if (now.answers.size() < MOST_KEPT) {
            now.answers.put(key, may);
        }
        return may;
    }

    @Override
    public Optional<SwitchPoint> lasting() {
        Known now = known;
        return now.dated ? Optional.empty() : Optional.of(now.lasting);
    }

    /** Answers end of themselves: none is kept from now on, not even by who asked before that was known. */
    private synchronized void ends(Known seen) {
        if (known == seen && !seen.dated) {
            replace(true);
        }
    }

    @Override
    public SecurityException refusal(RefusedCall call) {
        try {
            link.now(
                    Op.REFUSAL,
                    out -> out.text(told(call.method()))
                            .text(told(call.permission()))
                            .text(told(call.scope()))
                            .text(told(call.reason()))
                            .text(told(call.place())));
            return new SecurityException(call.toString());
        } catch (SecurityException refusal) {
            return refusal;
        }
    }

    /** What was answered before holds no more. */
    synchronized void changed() {
        replace(false);
    }

    private static String told(String text) {
        return text.length() > Wire.LONGEST_TOLD ? text.substring(0, Wire.LONGEST_TOLD) : text;
    }

    private void replace(boolean dated) {
        Known before = known;
        known = new Known(dated);
        SwitchPoint.invalidateAll(new SwitchPoint[] {before.lasting});
    }
}
