package io.dataprism.maven;

import io.dataprism.kernel.manifest.ArtifactReader;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks the manifest among a project's classes, and names the file that the author edits instead of its copy.
 *
 * @param project the project's folder
 * @param classes where the copy is
 */
record ManifestCheck(Path project, Path classes) {

    List<Problem> problems() {
        return ArtifactReader.check(classes).stream().map(this::atSource).toList();
    }

    private Problem atSource(Problem problem) {
        Path source =
                project.resolve("src").resolve("main").resolve("resources").resolve(PluginManifest.FILE);
        boolean copy =
                problem.file().equals(classes.resolve(PluginManifest.FILE).toString());
        return copy && Files.exists(source)
                ? new Problem(
                        problem.severity(),
                        problem.code(),
                        source.toString(),
                        problem.line(),
                        problem.column(),
                        problem.message())
                : problem;
    }
}
