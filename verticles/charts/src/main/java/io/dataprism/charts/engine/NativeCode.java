package io.dataprism.charts.engine;

import java.nio.file.Path;

/**
 * GraalVM's native code. It would write a library into the user's cache folder and load it, to open the JDK's own modules to itself, and goes on without
 * where it can't. Charts are drawn without.
 */
final class NativeCode {
    private static final String LIBRARY = "truffle.attach.library";
    private static final String CACHE = "polyglot.engine.userResourceCache";
    private static final String FAILURE = "polyglotimpl.AttachLibraryFailureAction";

    private NativeCode() {}

    /**
     * Tell GraalVM that the library is where none is, and not to say in eight lines on standard error that it was not found. Who set a property wants it
     * otherwise. To be called before anything of GraalVM's.
     */
    static void leaveOut() {
        set(FAILURE, "ignore");
        String nowhere = Path.of("none").toAbsolutePath().toString();
        set(LIBRARY, nowhere);
        set(CACHE, nowhere);
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
