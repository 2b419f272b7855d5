package io.dataprism.kernel.manifest;

import java.util.List;

/** What became of reading a manifest. */
public sealed interface Manifested {

    /** Everything found, in the order of the file; warnings only where the manifest was accepted. */
    List<Problem> problems();

    /**
     * The manifest.
     *
     * @throws ManifestException with all problems where there is none
     */
    PluginManifest orThrow();

    /** It is in order. */
    record Accepted(PluginManifest manifest, List<Problem> problems) implements Manifested {
        public Accepted {
            problems = List.copyOf(problems);
        }

        @Override
        public PluginManifest orThrow() {
            return manifest;
        }
    }

    /** It is not. */
    record Refused(List<Problem> problems) implements Manifested {
        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public PluginManifest orThrow() {
            throw new ManifestException(problems);
        }
    }
}
