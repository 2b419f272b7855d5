package io.dataprism.kernel.manifest;

import io.dataprism.kernel.manifest.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Holds a manifest against the files around it: the main class and the exported packages must be there. */
final class Contents {
    private static final String CLASS = ".class";

    private final PluginManifest manifest;
    private final Set<String> names;
    /** A library may hold what is not among the artifact's own files. */
    private final Severity severity;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    private Contents(PluginManifest manifest, Set<String> names, boolean libraries, String file) {
        this.manifest = manifest;
        this.names = names;
        this.severity = libraries ? Severity.WARNING : Severity.ERROR;
        this.file = file;
    }

    /**
     * What is missing.
     *
     * @param names the artifact's files, with slashes
     * @param libraries whether it brings libraries
     * @param file the manifest's name
     */
    static List<Problem> check(PluginManifest manifest, Set<String> names, boolean libraries, String file) {
        Contents contents = new Contents(manifest, names, libraries, file);
        contents.main();
        contents.exports();
        return contents.problems;
    }

    private void main() {
        String main = manifest.main().replace('.', '/') + CLASS;
        if (!names.contains(main)) {
            String found = "'main' is '" + manifest.main() + "', but " + main + " is not in it";
            report(
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
                        "DP-0226",
                        "'exports' names the package '" + exported
                                + "', but no class of it is in it. Correct the name, or remove it.");
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

    private void report(String code, String message) {
        problems.add(new Problem(severity, code, file, 0, 0, message));
    }
}
