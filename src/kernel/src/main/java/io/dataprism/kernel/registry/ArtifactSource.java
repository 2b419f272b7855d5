package io.dataprism.kernel.registry;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where an artifact comes from. */
public sealed interface ArtifactSource {

    /** The SHA-256 that its bytes must have, in lower-case hex. */
    Optional<String> sha256();

    /**
     * A jar, or the folder of a plugin under development, on this machine.
     *
     * @param shipped whether it comes with the program itself: then its bytes are the right ones of their version, and replace others that
     *     an earlier build left in the data folder
     */
    record OnDisk(Path path, Optional<String> sha256, boolean shipped) implements ArtifactSource {
        static final String SHIPPED = "shipped:";

        public OnDisk(Path path, Optional<String> sha256) {
            this(path, sha256, false);
        }

        @Override
        public String toString() {
            return (shipped ? SHIPPED : "") + path;
        }
    }

    /** A jar behind an {@code http} or {@code https} address. */
    record OnWeb(URI uri, Optional<String> sha256) implements ArtifactSource {
        @Override
        public String toString() {
            return uri.toString();
        }
    }

    /** A jar in a Maven repository: the local one, else the one that is configured. */
    record InMaven(String group, String artifact, String version, Optional<String> sha256) implements ArtifactSource {
        @Override
        public String toString() {
            return "maven:" + group + ":" + artifact + ":" + version;
        }
    }

    /** Whether what {@code text} names comes over a network, or may. */
    static boolean isFar(String text) {
        return SourceText.isFar(text);
    }

    /** Whether what a record says of its source is that it came with the program. */
    static boolean isShipped(String recorded) {
        return recorded.startsWith(OnDisk.SHIPPED);
    }

    static ArtifactSource path(Path path) {
        return new OnDisk(path, Optional.empty());
    }

    /** A jar that comes with the program. */
    static ArtifactSource shipped(Path path) {
        return shipped(path, Optional.empty());
    }

    /** A jar that comes with the program, and whose bytes must have this SHA-256 all the same, if one is given. */
    static ArtifactSource shipped(Path path, Optional<String> sha256) {
        return new OnDisk(path, sha256, true);
    }

    /**
     * A source as text: a path, an address that starts with {@code http://} or {@code https://}, or {@code maven:<group>:<artifact>:<version>}.
     * A text never makes a {@link #shipped} one, whose bytes are believed: whoever may write a text could then replace any artifact.
     *
     * @throws io.dataprism.api.PluginException {@code DP-0231} when it is none of these
     */
    static ArtifactSource parse(String text) {
        return SourceText.parse(text, Optional.empty());
    }

    /** As {@link #parse(String)}, and its bytes must have this SHA-256. */
    static ArtifactSource parse(String text, String sha256) {
        return SourceText.parse(text, Optional.of(sha256));
    }
}
