package io.dataprism.kernel.admission;

import io.dataprism.kernel.manifest.PluginArtifact;
import java.time.Instant;
import java.util.Optional;

/**
 * An artifact that is to be installed.
 *
 * @param artifact read and found in order
 * @param source where it comes from, as it was written
 * @param shipped whether it comes with the program: then it is as trusted as the program that judges it
 * @param confirmed whether whoever installs it named its very bytes, by their SHA-256
 * @param published when its repository says that it came there; empty where it says nothing
 */
public record Candidate(
        PluginArtifact artifact, String source, boolean shipped, boolean confirmed, Optional<Instant> published) {}
