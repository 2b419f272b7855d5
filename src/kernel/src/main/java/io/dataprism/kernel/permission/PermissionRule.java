package io.dataprism.kernel.permission;

import io.dataprism.api.PluginException;

/**
 * What is granted, or denied: a permission, written as it is or with a {@code !} before it. One rule decides among several: what is wanted is
 * allowed where a grant covers it and no denial has anything in common with it, in whatever order they were given.
 *
 * @param denies whether it takes away, from whatever grants there are
 * @param permission what
 */
public record PermissionRule(boolean denies, Permission permission) {
    private static final String NOT = "!";

    /**
     * Read one.
     *
     * @throws PluginException {@code DP-0502} for an unknown name, {@code DP-0503} for a scope that its name does not take
     */
    public static PermissionRule parse(String text) {
        return text.startsWith(NOT)
                ? new PermissionRule(true, Permission.parse(text.substring(NOT.length())))
                : new PermissionRule(false, Permission.parse(text));
    }

    /** Whether {@code text} is written as one that denies. */
    public static boolean isDenial(String text) {
        return text.startsWith(NOT);
    }

    public static PermissionRule grants(Permission permission) {
        return new PermissionRule(false, permission);
    }

    public static PermissionRule denies(Permission permission) {
        return new PermissionRule(true, permission);
    }

    // Written out, since it is a key: see Caller.
    @Override
    public boolean equals(Object other) {
        return other instanceof PermissionRule rule && denies == rule.denies && permission.equals(rule.permission);
    }

    @Override
    public int hashCode() {
        return 31 * permission.hashCode() + Boolean.hashCode(denies);
    }

    @Override
    public String toString() {
        return denies ? NOT + permission : permission.toString();
    }
}
