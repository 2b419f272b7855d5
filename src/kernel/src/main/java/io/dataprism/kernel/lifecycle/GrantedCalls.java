package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Caller;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.sandbox.guard.CallGuard;
import io.dataprism.sandbox.guard.RefusedCall;
import java.util.Optional;

/**
 * Asks the gate whether a plugin may call what its classes are about to call. Knows the plugin by its name alone, so that it may outlive it. Safe to use
 * from any thread.
 */
final class GrantedCalls implements CallGuard {
    private final PermissionGate gate;
    private final Caller plugin;

    GrantedCalls(PermissionGate gate, Caller plugin) {
        this.gate = gate;
        this.plugin = plugin;
    }

    @Override
    public boolean mayCall(String permission, String scope) {
        return gate.may(plugin, wanted(permission, scope));
    }

    /** The permission; where no grant can name the target, the one for all of them. */
    private static Permission wanted(String permission, String scope) {
        return (scope.isEmpty() ? Optional.<Permission>empty() : parsed(permission + ":" + scope))
                .orElseGet(() -> Permission.parse(permission));
    }

    private static Optional<Permission> parsed(String text) {
        try {
            return Optional.of(Permission.parse(text));
        } catch (PluginException noScope) {
            return Optional.empty();
        }
    }

    /** A {@link SecurityException}, which libraries expect where the JDK is closed to them; its cause is what the kernel's own facades throw. */
    @Override
    public SecurityException refusal(RefusedCall call) {
        if (call.permission().isEmpty()) {
            return new SecurityException(
                    "Plugin '" + plugin.name() + "' " + gate.grants().version(plugin)
                            + " can't call " + call.method() + " at " + call.place() + ": " + call.reason()
                            + ". No permission allows that.");
        }
        PermissionDeniedException denial = gate.denial(plugin, wanted(call.permission(), call.scope()));
        return new SecurityException(
                denial.getMessage() + " It was about to call " + call.method() + " at " + call.place() + ".", denial);
    }
}
