package io.dataprism.kernel.audit;

import io.dataprism.api.Caller;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Who did something, or was refused it.
 *
 * @param kind what it is
 * @param id a plugin's id, a user's name; empty where there is but one of that kind
 * @param version of a plugin, where it is known; else empty
 */
public record Actor(Kind kind, String id, String version) {

    /** What an actor can be. */
    public enum Kind {
        PLUGIN,
        /** A user of the bridge. */
        USER,
        /** Who runs the node. */
        OPERATOR,
        /** The application that embeds the kernel. */
        HOST,
        /** What stands in the configuration. */
        CONF,
        /** The kernel itself. */
        KERNEL;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> of(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(label))
                    .findFirst();
        }
    }

    public static final Actor KERNEL = new Actor(Kind.KERNEL, "", "");
    public static final Actor CONF = new Actor(Kind.CONF, "", "");
    public static final Actor HOST = new Actor(Kind.HOST, "", "");

    public static Actor of(Caller caller, String version) {
        Kind kind = switch (caller.kind()) {
            case PLUGIN -> Kind.PLUGIN;
            case USER -> Kind.USER;
            case OPERATOR -> Kind.OPERATOR;
            case HOST -> Kind.HOST;
        };
        return new Actor(kind, caller.name(), version);
    }

    /** Whoever gave a grant, by the word that stands in it; a word that is none of the known ones is of the host's choice. */
    public static Actor named(String by) {
        return Kind.of(by.equals("configuration") ? "conf" : by)
                .map(kind -> new Actor(kind, "", ""))
                .orElseGet(() -> new Actor(Kind.HOST, by, ""));
    }

    /** {@code plugin:<id>}, {@code user:<name>}, or the kind alone. */
    public String label() {
        return id.isEmpty() ? kind.label() : kind.label() + ":" + id;
    }

    // Written out, since it is a key: see Caller.
    @Override
    public boolean equals(Object other) {
        return other instanceof Actor that && kind == that.kind && id.equals(that.id) && version.equals(that.version);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * kind.hashCode() + id.hashCode()) + version.hashCode();
    }
}
