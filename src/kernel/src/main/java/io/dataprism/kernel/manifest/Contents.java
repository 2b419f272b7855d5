package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.text.NearNames;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Holds a manifest against the files around it: the main class, the exported packages and the native libraries must be there. It looks at
 * what the manifest says in the right form, also where something else in it is wrong.
 */
final class Contents {
    private static final String CLASS = ".class";

    private final YamlDocument manifest;
    private final Set<String> own;
    private final List<String> libraries;
    private final Supplier<Set<String>> nested;
    private final Supplier<Set<String>> ownPackages;
    private final Supplier<Set<String>> nestedPackages;
    private final List<Problem> problems = new ArrayList<>();

    private Contents(YamlDocument manifest, Set<String> own, List<String> libraries, Supplier<Set<String>> nested) {
        this.manifest = manifest;
        this.own = own;
        this.libraries = libraries;
        this.nested = nested;
        this.ownPackages = packages(() -> own);
        this.nestedPackages = packages(nested);
    }

    /**
     * What is missing, each at its place in the manifest.
     *
     * @param own the artifact's files, with slashes
     * @param libraries the names of the jars nested in it
     * @param nested the files in those; asked only where a class is not among the artifact's own
     */
    static List<Problem> check(
            YamlDocument manifest, Set<String> own, List<String> libraries, Supplier<Set<String>> nested) {
        Contents contents = new Contents(manifest, own, libraries, nested);
        contents.main();
        contents.each("exports", contents::exported);
        contents.each("nativeLibraries", contents::nativeLibrary);
        return contents.problems;
    }

    private void main() {
        if (!(manifest.json().getValue("main") instanceof String main)) {
            return;
        }
        String file = main.replace('.', '/') + CLASS;
        if (!own.contains(file) && !nested.get().contains(file)) {
            String found = "'main' is '" + PluginException.excerpt(main) + "', but " + PluginException.excerpt(file)
                    + " is not in it";
            report(
                    "DP-0227",
                    "/main",
                    NearNames.nearest(main, classes())
                            .map(near -> found + ". Did you mean '" + near + "'?")
                            .orElse(found + ". Compile the plugin, or correct 'main'."));
        }
    }

    private void each(String key, BiConsumer<String, String> check) {
        if (manifest.json().getValue(key) instanceof JsonArray named) {
            for (int i = 0; i < named.size(); i++) {
                if (named.getValue(i) instanceof String text) {
                    check.accept("/" + key + "/" + i, text);
                }
            }
        }
    }

    private void exported(String pointer, String exported) {
        String folder = exported.replace('.', '/') + "/";
        if (!ownPackages.get().contains(folder) && !nestedPackages.get().contains(folder)) {
            report(
                    "DP-0226",
                    pointer,
                    "'exports' names the package '" + PluginException.excerpt(exported)
                            + "', but no class of it is in it. Correct the name, or remove it.");
        }
    }

    private void nativeLibrary(String pointer, String named) {
        if (libraries.stream().noneMatch(library -> LibraryName.matches(named, library))) {
            report(
                    "DP-0234",
                    pointer,
                    "'nativeLibraries' names '" + PluginException.excerpt(named)
                            + "', but no jar in lib/ is called so: found "
                            + (libraries.isEmpty() ? "none" : String.join(", ", libraries))
                            + ". Correct the name, or nest the jar.");
        }
    }

    /** The folders in which classes are, found out once: there may be very many names, and very many packages to look for. */
    private static Supplier<Set<String>> packages(Supplier<Set<String>> names) {
        List<Set<String>> once = new ArrayList<>(1);
        return () -> {
            if (once.isEmpty()) {
                once.add(names.get().stream()
                        .filter(name -> name.endsWith(CLASS))
                        .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                        .collect(Collectors.toSet()));
            }
            return once.get(0);
        };
    }

    private List<String> classes() {
        return own.stream()
                .filter(name -> name.endsWith(CLASS) && !name.contains("$"))
                .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                .toList();
    }

    private void report(String code, String pointer, String message) {
        Place place = manifest.place(pointer);
        problems.add(Problem.error(code, manifest.file(), place, message));
    }
}
