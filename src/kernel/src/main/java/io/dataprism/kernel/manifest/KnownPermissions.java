package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import java.util.Optional;

/** Holds what a manifest asks for against the permissions there are. */
final class KnownPermissions {
    private KnownPermissions() {}

    /** What is wrong with a permission as a manifest writes it. */
    static Optional<String> problem(String permission) {
        try {
            Permission.parse(permission);
            return Optional.empty();
        } catch (PluginException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
