package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Holds what a manifest asks for against the permissions there are. */
final class KnownPermissions {
    private static final List<String> NAMES =
            Arrays.stream(PermissionName.values()).map(PermissionName::label).toList();

    private KnownPermissions() {}

    /** What is wrong with a permission as a manifest writes it. */
    static Optional<String> problem(String permission) {
        String name = new RequestedPermission(permission, "").name();
        if (!NAMES.contains(name)) {
            String found = "Unknown permission '" + PluginException.excerpt(name) + "'";
            return Optional.of(NearNames.nearest(name, NAMES)
                    .map(near -> found + ". Did you mean '" + near + "'?")
                    .orElse(found + ": expected " + Found.oneOf(NAMES) + "."));
        }
        try {
            Permission.parse(permission);
            return Optional.empty();
        } catch (PluginException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
