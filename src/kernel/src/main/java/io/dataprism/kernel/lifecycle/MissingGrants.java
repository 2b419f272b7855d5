package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Caller;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.RequestedPermission;
import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.kernel.permission.GrantCommands;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.resolve.Unresolved;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a plugin's manifest requests and was not granted. Who asks at its start learns of one at a time, since the first one ends the start; the
 * operator is to learn of all at once. Safe to use from any thread.
 *
 * @param plugin whose
 * @param requested what its manifest requests, in its order
 * @param grants what was granted up to now
 */
record MissingGrants(PluginId plugin, List<Permission> requested, GrantStore grants) {

    MissingGrants {
        requested = List.copyOf(requested);
    }

    static MissingGrants of(PluginManifest manifest, GrantStore grants) {
        List<Permission> requested = manifest.permissions().stream()
                .map(RequestedPermission::permission)
                .map(Permission::parse)
                .distinct()
                .toList();
        return new MissingGrants(manifest.id(), requested, grants);
    }

    /** What keeps a plugin of this manifest from being started: what it can't do without and was not granted; empty where that is nothing. */
    static Optional<Unresolved> required(PluginManifest manifest, GrantStore grants) {
        Caller caller = Caller.plugin(manifest.id());
        List<Permission> missing = manifest.permissions().stream()
                .filter(RequestedPermission::required)
                .map(RequestedPermission::permission)
                .map(Permission::parse)
                .distinct()
                .filter(permission -> grants.grantOf(caller, permission).isEmpty())
                .toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Unresolved(
                manifest.id(),
                "DP-0929",
                "Plugin '" + manifest.id() + "' " + manifest.version() + " does not start without "
                        + missing.stream()
                                .map(permission -> "'" + permission + "'")
                                .collect(Collectors.joining(", "))
                        + ", as its manifest says, and that was not granted. Grant it:"
                        + missing.stream()
                                .map(permission -> System.lineSeparator() + "  dataprism grants add " + manifest.id()
                                        + " " + permission)
                                .collect(Collectors.joining())));
    }

    /** A sentence with the lines that grant all, in the manifest's order, as they stand in conf; empty where fewer than two are missing. */
    String lines() {
        List<Permission> missing = missing();
        if (missing.size() < 2) {
            return "";
        }
        return " Its manifest requests " + missing.size()
                + " permissions that were not granted. Put those that you agree to under  plugins."
                + plugin + ".grants  in conf/kernel.yaml:"
                + missing.stream()
                        .map(permission -> System.lineSeparator() + "      " + GrantCommands.line(permission))
                        .collect(Collectors.joining());
    }

    /** The same where {@code failure} is, or comes of, one that is missing; else empty. */
    String linesAfter(SafeFailure failure) {
        Throwable cause = failure;
        while (cause instanceof SafeFailure safe) {
            if (isDenial(safe)) {
                return lines();
            }
            cause = safe.getCause();
        }
        return "";
    }

    /** What it calls may fail for want of a grant, too: that is another plugin's. */
    private boolean isDenial(SafeFailure failure) {
        return failure.type().equals(PermissionDeniedException.class.getName())
                && failure.text().startsWith("Plugin '" + plugin + "' ");
    }

    private List<Permission> missing() {
        Caller caller = Caller.plugin(plugin);
        return requested.stream()
                .filter(permission -> grants.grantOf(caller, permission).isEmpty())
                .toList();
    }
}
