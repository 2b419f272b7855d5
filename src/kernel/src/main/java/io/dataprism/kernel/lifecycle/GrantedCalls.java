package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Caller;
import io.dataprism.api.FileAccess;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.sandbox.guard.CallGuard;
import io.dataprism.sandbox.guard.RefusedCall;
import java.io.IOException;
import java.lang.invoke.SwitchPoint;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the gate whether a plugin may call what its classes are about to call. Knows the plugin by its name alone, so that it may outlive it. Safe to use
 * from any thread.
 */
final class GrantedCalls implements CallGuard {
    private static final Logger LOG = LoggerFactory.getLogger(GrantedCalls.class);

    private final PermissionGate gate;
    private final Caller plugin;
    private final ParsedPermissions parsed = new ParsedPermissions();
    /** Scopes of {@code file-access} that read the plugin's own jars. */
    private final Set<String> ownJars;

    private GrantedCalls(PermissionGate gate, Caller plugin, Set<String> ownJars) {
        this.gate = gate;
        this.plugin = plugin;
        this.ownJars = ownJars;
    }

    /** For {@code record}, whose jars it may read. Blocks. */
    static GrantedCalls of(PermissionGate gate, PluginRecord record) {
        Set<String> jars = new HashSet<>();
        for (Path jar : record.classPath()) {
            try {
                jars.add(FileAccess.READ.permission(jar.toRealPath()).substring("file-access:".length()));
            } catch (IOException gone) {
                // Then its classes are not found either, which says so.
                LOG.debug("A jar of {} is not there", record.key(), gone);
            }
        }
        return new GrantedCalls(gate, Caller.plugin(record.id()), Set.copyOf(jars));
    }

    @Override
    public boolean mayCall(String permission, String scope) {
        return gate.may(plugin, scope.isEmpty() ? Permission.whole(permission) : parsed.of(permission, scope))
                || (permission.equals("file-access") && ownJars.contains(scope));
    }

    @Override
    public Optional<SwitchPoint> lasting() {
        return gate.grants().unchanged(plugin);
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
        PermissionDeniedException denial = gate.denial(
                plugin,
                ParsedPermissions.parse(call.permission(), call.scope()),
                " It was about to call " + call.method() + " at " + call.place() + ".");
        return new SecurityException(denial.getMessage(), denial);
    }
}
