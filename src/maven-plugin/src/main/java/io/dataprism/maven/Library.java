package io.dataprism.maven;

import java.nio.file.Path;
import java.util.Optional;

/** A dependency of the project, as a jar. */
record Library(String group, String artifact, String version, Optional<String> classifier, Path file) {

    /** Its name in the plugin's jar, with the group in front: two groups may have an artifact of one name. */
    String fileName() {
        return group + "." + artifact + "-" + version
                + classifier.map(text -> "-" + text).orElse("") + ".jar";
    }

    /** Whether it is meant by {@code group:artifact}, where {@code *} stands for any. */
    boolean isMeantBy(String pattern) {
        String[] parts = pattern.split(":", 2);
        return matches(parts[0], group) && (parts.length < 2 || matches(parts[1], artifact));
    }

    private static boolean matches(String pattern, String name) {
        return pattern.equals("*") || pattern.equals(name);
    }
}
