package io.dataprism.api;

/**
 * On whose behalf something happens. The kernel makes callers; a plugin reads them.
 *
 * @param kind what the caller is
 * @param name the plugin's id, the bridge user's name, or an empty string for operator and host
 */
public record Caller(Kind kind, String name) {

    /** What a caller can be. */
    public enum Kind {
        PLUGIN,
        /** A user of the WebSocket bridge. */
        USER,
        OPERATOR,
        /** The application that embeds the kernel. */
        HOST
    }

    /** The application that embeds the kernel. */
    public static final Caller HOST = new Caller(Kind.HOST, "");

    /** Who runs the node: the command line, the admin API. */
    public static final Caller OPERATOR = new Caller(Kind.OPERATOR, "");

    public static Caller plugin(PluginId id) {
        return new Caller(Kind.PLUGIN, id.value());
    }

    public static Caller user(String name) {
        return new Caller(Kind.USER, name);
    }

    /** Whether this is the plugin {@code id}. */
    public boolean isPlugin(PluginId id) {
        return kind == Kind.PLUGIN && name.equals(id.value());
    }

    /**
     * The name under which this caller takes part in channels and owns handles: a plugin by its bare id, the others as
     * {@code user:<name>}, {@code operator}, {@code host}. No two callers share a label, since a plugin's id holds no colon and
     * {@code operator} and {@code host} are refused as plugin ids by the manifest.
     */
    public String label() {
        return switch (kind) {
            case PLUGIN -> name;
            case USER -> "user:" + name;
            case OPERATOR -> "operator";
            case HOST -> "host";
        };
    }

    // Written out, and so are those of PluginId: what the JVM makes for a record takes long at its first use, which
    // would be a node's start.
    @Override
    public boolean equals(Object other) {
        return other instanceof Caller caller && kind == caller.kind && name.equals(caller.name);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return kind == Kind.PLUGIN ? "plugin:" + name : label();
    }
}
