package io.dataprism.maven;

import io.dataprism.kernel.manifest.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Copies the project's runtime dependencies into {@code lib/} of its classes, so that they travel in the plugin's jar, and checks {@code
 * plugin.yaml}; each problem is shown with line and column, and an error fails the build. What the node provides (plugin API, Vert.x core,
 * Netty, JSpecify) is left out.
 */
@Mojo(
        name = "package-plugin",
        defaultPhase = LifecyclePhase.PREPARE_PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class PackagePluginMojo extends AbstractMojo {

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private @Nullable MavenProject project;

    /** Where the compiled classes are. */
    @Parameter(defaultValue = "${project.build.outputDirectory}", required = true)
    private @Nullable File classes;

    /** Further dependencies to leave out, as {@code groupId:artifactId}; {@code *} may stand for either. */
    @Parameter(property = "dataprism.exclude")
    private List<String> excludes = List.of();

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (project == null || classes == null) {
            throw new MojoExecutionException("Maven gave no project: run this goal inside one.");
        }
        Path target = classes.toPath();
        try {
            Files.createDirectories(target);
            int nested = new Libraries(excludes).copy(runtime(project), target.resolve("lib"));
            getLog().info("Nested " + nested + " libraries");
        } catch (IOException e) {
            throw new MojoExecutionException("The plugin's libraries can't be copied to " + target + ": " + e, e);
        }
        check(project, target);
    }

    private static List<Library> runtime(MavenProject module) {
        return module.getArtifacts().stream()
                .filter(artifact -> Artifact.SCOPE_COMPILE.equals(artifact.getScope())
                        || Artifact.SCOPE_RUNTIME.equals(artifact.getScope()))
                .filter(artifact -> "jar".equals(artifact.getArtifactHandler().getExtension()))
                .map(artifact -> new Library(
                        artifact.getGroupId(),
                        artifact.getArtifactId(),
                        artifact.getVersion(),
                        Optional.ofNullable(artifact.getClassifier()).filter(text -> !text.isEmpty()),
                        artifact.getFile().toPath()))
                .toList();
    }

    private void check(MavenProject module, Path target) throws MojoFailureException {
        List<Problem> problems = new ManifestCheck(module.getBasedir().toPath(), target).problems();
        problems.stream().filter(problem -> !problem.isError()).forEach(problem -> getLog().warn(problem.toString()));
        List<Problem> errors = problems.stream().filter(Problem::isError).toList();
        if (!errors.isEmpty()) {
            throw new MojoFailureException(errors.stream()
                    .map(Problem::toString)
                    .collect(Collectors.joining("\n  ", "The plugin can't be packaged:\n  ", "")));
        }
    }
}
