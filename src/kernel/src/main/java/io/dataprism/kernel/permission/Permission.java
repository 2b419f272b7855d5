package io.dataprism.kernel.permission;

import io.dataprism.api.PluginException;
import java.util.HashMap;
import java.util.Map;

/**
 * A permission: a name and, for most, a scope that says on what. Written {@code <name>} or {@code <name>:<scope>}; parsed once, printed back the
 * same. The forms of scopes are in {@code docs/permissions.md}.
 */
public final class Permission {
    private static final Map<String, Permission> WHOLE = new HashMap<>();

    static {
        for (PermissionName name : PermissionName.values()) {
            WHOLE.put(name.label(), new Permission(name, ""));
        }
    }

    private final PermissionName name;
    private final String scope;
    private final ScopeMatcher matcher;
    /** The gate looks permissions up all the time. */
    private final int hash;

    private Permission(PermissionName name, String scope) {
        this.name = name;
        this.scope = scope;
        this.hash = 31 * name.hashCode() + scope.hashCode();
        this.matcher = ScopeMatcher.of(name, scope);
    }

    /**
     * Read a permission.
     *
     * @throws PluginException {@code DP-0502} for an unknown name, {@code DP-0503} for a scope that its name does not take
     */
    public static Permission parse(String text) {
        if (PermissionRule.isDenial(text)) {
            throw new PluginException(
                    "DP-0502",
                    "'" + PluginException.excerpt(text)
                            + "' denies, and so is no permission that can be asked for: '!' stands before what conf or the operator"
                            + " takes away. Leave it out.");
        }
        int colon = text.indexOf(':');
        PermissionName name = PermissionName.of(colon < 0 ? text : text.substring(0, colon));
        String scope = colon < 0 ? "" : text.substring(colon + 1);
        name.checkScope(text, scope);
        return new Permission(name, scope);
    }

    /**
     * The permission of that name without a scope, the same one each time.
     *
     * @throws PluginException {@code DP-0502} for an unknown name
     */
    public static Permission whole(String name) {
        Permission known = WHOLE.get(name);
        return known == null ? parse(name) : known;
    }

    /** {@code event-publish:<topic>}, for a topic that was checked already. */
    public static Permission publish(String topic) {
        return new Permission(PermissionName.EVENT_PUBLISH, topic);
    }

    public static Permission subscribe(String pattern) {
        return new Permission(PermissionName.EVENT_SUBSCRIBE, pattern);
    }

    public static Permission channel(String name) {
        return new Permission(PermissionName.CHANNEL, name);
    }

    public static Permission call(String plugin, String capability) {
        return new Permission(PermissionName.CALL, plugin + ":" + capability);
    }

    public PermissionName name() {
        return name;
    }

    /** Empty where the permission has none, which stands for everything its name can mean. */
    public String scope() {
        return scope;
    }

    /** Whether its scope names a host, and not several by a pattern. */
    boolean isOfOneHost() {
        return matcher instanceof ScopeMatcher.Origin origin && !origin.host().contains("*");
    }

    /** Whether a grant of this permission allows {@code wanted}: the same name, and a scope that holds the wanted one. */
    public boolean covers(Permission wanted) {
        return name == wanted.name && matcher.covers(wanted.scope);
    }

    /** Whether this and {@code other} have anything in common, or may have. */
    public boolean overlaps(Permission other) {
        return name == other.name && ScopeOverlap.overlap(name.form(), scope, other.scope);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Permission that && name == that.name && scope.equals(that.scope);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return scope.isEmpty() ? name.label() : name.label() + ":" + scope;
    }
}
