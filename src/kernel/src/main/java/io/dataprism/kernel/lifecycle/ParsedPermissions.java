package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import org.jspecify.annotations.Nullable;

/**
 * The permissions that one plugin's calls took last, so that those of the same file are not read from their text each time: a place for each by its
 * hash, and no more than these. Safe to use from any thread.
 */
final class ParsedPermissions {
    private static final int MOST = 64;

    private volatile @Nullable Entry @Nullable [] entries;

    /** Immutable, so that a thread that comes upon it sees all of it. */
    private static final class Entry {
        private final String name;
        private final String scope;
        private final Permission permission;

        Entry(String name, String scope, Permission permission) {
            this.name = name;
            this.scope = scope;
            this.permission = permission;
        }
    }

    /** The permission of that name for {@code scope}; where no grant can name that, the one for all there is. */
    Permission of(String name, String scope) {
        @Nullable Entry[] all = entries;
        if (all == null) {
            all = new Entry[MOST];
            entries = all;
        }
        int hash = 31 * name.hashCode() + scope.hashCode();
        int place = (hash ^ hash >>> 16) & MOST - 1;
        Entry known = all[place];
        if (known != null && known.scope.equals(scope) && known.name.equals(name)) {
            return known.permission;
        }
        Permission read = parse(name, scope);
        all[place] = new Entry(name, scope, read);
        return read;
    }

    /** The same without remembering it. */
    static Permission parse(String name, String scope) {
        try {
            return Permission.parse(scope.isEmpty() ? name : name + ":" + scope);
        } catch (PluginException noScope) {
            return Permission.whole(name);
        }
    }
}
