package io.dataprism.kernel.manifest;

import io.dataprism.kernel.manifest.Problem.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one file. */
final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void error(String code, Place place, String message) {
        found.add(new Problem(Severity.ERROR, code, file, place.line(), place.column(), message));
    }

    void warning(String code, Place place, String message) {
        found.add(new Problem(Severity.WARNING, code, file, place.line(), place.column(), message));
    }

    /** In the order of the file. */
    List<Problem> list() {
        return found.stream().sorted(Problem::compare).distinct().toList();
    }
}
