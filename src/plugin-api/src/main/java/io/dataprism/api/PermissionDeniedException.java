package io.dataprism.api;

/** A permission is missing. The message names plugin and permission, and how to grant it. */
public final class PermissionDeniedException extends PluginException {
    private static final long serialVersionUID = 1L;
    /** The code of every denial. */
    public static final String CODE = "DP-0501";

    private final String permission;

    public PermissionDeniedException(String permission, String message) {
        super(CODE, message);
        this.permission = permission;
    }

    /** The permission that is missing, with its scope. */
    public String permission() {
        return permission;
    }
}
