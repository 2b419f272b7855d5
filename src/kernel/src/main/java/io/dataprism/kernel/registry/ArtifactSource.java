package io.dataprism.kernel.registry;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where an artifact comes from. */
public sealed interface ArtifactSource {

    /** The SHA-256 that its bytes must have, in lower-case hex. */
    Optional<String> sha256();

    /** A jar, or the folder of a plugin under development, on this machine. */
    record OnDisk(Path path, Optional<String> sha256) implements ArtifactSource {
        @Override
        public String toString() {
            return path.toString();
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

    static ArtifactSource path(Path path) {
        return new OnDisk(path, Optional.empty());
    }

    /**
     * A source as conf and command line write it: a path, an address that starts with {@code http://} or {@code https://}, or {@code
     * maven:<group>:<artifact>:<version>}.
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
