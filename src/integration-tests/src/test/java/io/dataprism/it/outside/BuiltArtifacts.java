package io.dataprism.it.outside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Maven repository that holds what this build made, beside what the user's repository has of other people's. It is what a user has after
 * {@code mvn install}, without touching the user's own.
 */
final class BuiltArtifacts {
    static final Path ROOT = root();
    private static final Path USERS = Path.of(System.getProperty("it.repository"));
    private static final String VERSION = System.getProperty("it.version");
    private static final List<String> MODULES = List.of(
            "src/plugin-api",
            "src/sandbox",
            "src/child",
            "src/kernel",
            "src/test-jars",
            "src/testkit",
            "src/maven-plugin");
    private static final Pattern ARTIFACT = Pattern.compile("</parent>\\s*<artifactId>([^<]+)<");

    private final Path repository;

    private BuiltArtifacts(Path repository) {
        this.repository = repository;
    }

    static BuiltArtifacts in(Path folder) {
        try {
            Path repository = folder.resolve("repository");
            Path ours = repository.resolve("io/dataprism");
            Files.createDirectories(ours);
            linkAllBut("io", USERS, repository);
            linkAllBut("dataprism", USERS.resolve("io"), repository.resolve("io"));
            install(ours, "dataprism-parent", ROOT.resolve("pom.xml"));
            for (String module : MODULES) {
                installModule(ours, ROOT.resolve(module));
            }
            return new BuiltArtifacts(repository);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Run Maven in {@code project} with this repository; offline, or online where something is still to be fetched. */
    Command maven(Path project, String... goals) {
        Command offline = runMaven(project, "-o", goals);
        boolean lacks = offline.exitCode() != 0 && offline.output().contains("offline mode");
        return lacks ? runMaven(project, "-U", goals) : offline;
    }

    private Command runMaven(Path project, String mode, String... goals) {
        Path maven = Path.of(System.getProperty("it.maven"), "bin", isWindows() ? "mvn.cmd" : "mvn");
        List<String> words =
                new ArrayList<>(List.of(maven.toString(), "-B", "-ntp", mode, "-Dmaven.repo.local=" + repository));
        words.addAll(List.of(goals));
        return Command.run(project, words);
    }

    /** Run Gradle in {@code project}, offline, with this repository for the user's own. It keeps what it makes in the project. */
    Command gradle(Path project, String... tasks) {
        List<String> words = new ArrayList<>(List.of(
                isWindows() ? "gradle.bat" : "gradle",
                "--offline",
                "--no-daemon",
                "--gradle-user-home",
                project.resolve("gradle-home").toString(),
                "-Dmaven.repo.local=" + repository));
        words.addAll(List.of(tasks));
        return Command.run(project, words);
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    private static void linkAllBut(String name, Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(name)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
        }
    }

    private static void installModule(Path ours, Path module) throws IOException {
        var matcher = ARTIFACT.matcher(Files.readString(module.resolve("pom.xml")));
        if (!matcher.find()) {
            throw new AssertionError(module + "/pom.xml names no artifact.");
        }
        String artifact = matcher.group(1);
        install(ours, artifact, module.resolve("pom.xml"));
        String jar = artifact + "-" + VERSION + ".jar";
        Path built = module.resolve("target").resolve(jar);
        if (!Files.exists(built)) {
            throw new AssertionError(
                    built + " is missing. These tests need the modules' jars: run them with 'mvn verify'.");
        }
        Files.copy(built, ours.resolve(artifact).resolve(VERSION).resolve(jar), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void install(Path ours, String artifact, Path pom) throws IOException {
        Path folder = Files.createDirectories(ours.resolve(artifact).resolve(VERSION));
        Files.copy(pom, folder.resolve(artifact + "-" + VERSION + ".pom"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
