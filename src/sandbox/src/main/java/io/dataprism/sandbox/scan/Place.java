package io.dataprism.sandbox.scan;

/**
 * Where something was found.
 *
 * @param jar the nested jar, such as {@code lib/a-1.0.jar}; empty for the plugin's own classes
 * @param type the class, with dots
 * @param method its method; empty where it is the class as a whole
 * @param line in the class's source; 0 where it is not known
 */
public record Place(String jar, String type, String method, int line) {

    /** {@code org.example.Main.start:12 in lib/a.jar}. */
    @Override
    public String toString() {
        String text = type + (method.isEmpty() ? "" : "." + method) + (line > 0 ? ":" + line : "");
        return jar.isEmpty() ? text : text + " in " + jar;
    }
}
