package io.dataprism.sandbox.guard;

import java.lang.invoke.SwitchPoint;
import java.util.Optional;

/**
 * Says what one plugin's code may call. Asked on whatever thread that code runs, each time that a guarded call is about to be made; must be safe to use from any thread and must not
 * call the plugin.
 */
@FunctionalInterface
public interface CallGuard {

    /**
     * Whether the plugin holds a permission.
     *
     * @param permission its name, such as {@code file-access}
     * @param scope as grants write it, such as {@code read:/data/a.csv}; empty for the permission without a scope, which is also asked for where it can't be told what a call is about
     */
    boolean mayCall(String permission, String scope);

    /**
     * Valid as long as what {@link #mayCall} says from now on stays true; then it is invalidated. Empty where that can't be told, so that each call is
     * asked for.
     */
    default Optional<SwitchPoint> lasting() {
        return Optional.empty();
    }

    /** What is thrown into the plugin for a call that it may not make. */
    default SecurityException refusal(RefusedCall call) {
        return new SecurityException(call.toString());
    }
}
