package io.dataprism.kernel.manifest;

import java.util.List;
import java.util.Optional;

/** What was found out about an artifact: it, when it is in order, and all problems. */
record Inspection(Optional<PluginArtifact> artifact, List<Problem> problems) {
    Inspection {
        problems = List.copyOf(problems);
    }

    static Inspection refused(Problem problem) {
        return new Inspection(Optional.empty(), List.of(problem));
    }

    List<Problem> errors() {
        return problems.stream().filter(Problem::isError).toList();
    }
}
