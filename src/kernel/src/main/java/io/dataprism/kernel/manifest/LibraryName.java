package io.dataprism.kernel.manifest;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** File names of nested jars, as a manifest writes them: {@code *} stands for any characters. */
final class LibraryName {
    private static final String FOLDER = "lib/";

    private LibraryName() {}

    /** Whether {@code named} means the nested jar {@code library}, such as {@code lib/a-1.0.jar}. */
    static boolean matches(String named, String library) {
        String pattern =
                Arrays.stream(named.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return library.startsWith(FOLDER) && library.substring(FOLDER.length()).matches(pattern);
    }
}
