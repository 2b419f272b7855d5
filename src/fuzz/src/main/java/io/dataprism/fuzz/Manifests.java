package io.dataprism.fuzz;

import io.dataprism.kernel.manifest.ManifestReader;
import io.dataprism.kernel.manifest.Manifested;
import io.dataprism.kernel.manifest.Problem;

/** Manifests: whatever the bytes are, they are read, or every problem is told with its place and in few words. */
public final class Manifests {
    private static final int LONGEST = 2_000;

    private Manifests() {}

    public static void fuzzerTestOneInput(byte[] yaml) {
        Manifested manifested = ManifestReader.read("plugin.yaml", yaml);
        if (manifested instanceof Manifested.Refused && manifested.problems().isEmpty()) {
            throw new AssertionError("refused without a word");
        }
        for (Problem problem : manifested.problems()) {
            if (problem.line() < 1 || problem.column() < 1 || problem.message().length() > LONGEST) {
                throw new AssertionError(problem.toString());
            }
        }
    }
}
