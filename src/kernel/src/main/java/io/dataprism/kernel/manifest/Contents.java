package io.dataprism.kernel.manifest;

import io.dataprism.kernel.manifest.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Holds a manifest against the files around it: the main class, the exported packages and the native libraries must be there. */
final class Contents {
    private static final String CLASS = ".class";

    private final PluginManifest manifest;
    private final Set<String> names;
    /** A library may hold what is not among the artifact's own files. */
    private final Severity severity;

    private final List<String> libraries;
    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    private Contents(PluginManifest manifest, Set<String> names, List<String> libraries, String file) {
        this.manifest = manifest;
        this.names = names;
        this.severity = libraries.isEmpty() ? Severity.ERROR : Severity.WARNING;
        this.libraries = libraries;
        this.file = file;
    }

    /**
     * What is missing.
     *
     * @param names the artifact's files, with slashes
     * @param libraries the names of the jars nested in it
     * @param file the manifest's name
     */
    static List<Problem> check(PluginManifest manifest, Set<String> names, List<String> libraries, String file) {
        Contents contents = new Contents(manifest, names, libraries, file);
        contents.main();
        contents.exports();
        contents.nativeLibraries();
        return contents.problems;
    }

    private void main() {
        String main = manifest.main().replace('.', '/') + CLASS;
        if (!names.contains(main)) {
            String found = "'main' is '" + manifest.main() + "', but " + main + " is not in it";
            report(
                    severity,
                    "DP-0227",
                    NearNames.nearest(manifest.main(), classes())
                            .map(near -> found + ". Did you mean '" + near + "'?")
                            .orElse(found + ". Compile the plugin, or correct 'main'."));
        }
    }

    private void exports() {
        for (String exported : manifest.exports()) {
            String folder = exported.replace('.', '/') + "/";
            if (names.stream().noneMatch(name -> inPackage(name, folder))) {
                report(
                        severity,
                        "DP-0226",
                        "'exports' names the package '" + exported
                                + "', but no class of it is in it. Correct the name, or remove it.");
            }
        }
    }

    private void nativeLibraries() {
        for (String named : manifest.nativeLibraries()) {
            if (libraries.stream().noneMatch(library -> LibraryName.matches(named, library))) {
                report(
                        Severity.ERROR,
                        "DP-0234",
                        "'nativeLibraries' names '" + named + "', but no jar in lib/ is called so: found "
                                + (libraries.isEmpty() ? "none" : String.join(", ", libraries))
                                + ". Correct the name, or nest the jar.");
            }
        }
    }

    private static boolean inPackage(String name, String folder) {
        return name.endsWith(CLASS) && name.startsWith(folder) && name.indexOf('/', folder.length()) < 0;
    }

    private List<String> classes() {
        return names.stream()
                .filter(name -> name.endsWith(CLASS) && !name.contains("$"))
                .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                .toList();
    }

    private void report(Severity severe, String code, String message) {
        problems.add(new Problem(severe, code, file, 0, 0, message));
    }
}
