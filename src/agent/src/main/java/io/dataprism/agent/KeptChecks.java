package io.dataprism.agent;

import io.dataprism.sandbox.kept.KeptClasses;
import io.dataprism.sandbox.kept.KeptKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of the JDK's classes at earlier starts, so that it isn't worked out again. Known by the class's name and the bytes that it was made of; a
 * class that was loaded already is another, since the JVM gives its bytes in another order. Safe to use from any thread; what it takes is linked once it
 * was asked for one class.
 */
final class KeptChecks {
    private final @Nullable KeptClasses classes;

    private KeptChecks(@Nullable KeptClasses classes) {
        this.classes = classes;
    }

    /**
     * Those in a folder, which is made where it isn't there; none where there is none.
     *
     * @param folder nobody else must be able to write into it
     */
    static KeptChecks in(Optional<Path> folder) {
        if (folder.isEmpty()) {
            return new KeptChecks(null);
        }
        try {
            Files.createDirectories(folder.get());
            Optional<String> code = KeptKey.code(Agent.class);
            return new KeptChecks(code.flatMap(agent ->
                            KeptClasses.in(folder.get(), KeptKey.content(List.of("jdk", agent)), KeptChecks::tell))
                    .orElse(null));
        } catch (IOException e) {
            tell("What becomes of the JDK's classes can't be kept in " + folder.get() + ": " + e);
            return new KeptChecks(null);
        }
    }

    /** There is no log yet. */
    @SuppressWarnings("SystemOut")
    private static void tell(String line) {
        System.err.println("dataprism-agent: " + line);
    }

    /** What was made of a class. */
    record Made(@Nullable CheckedClass checked) {
        /** It stays as it is. */
        static final Made NOTHING = new Made(null);
    }

    /** Whether something is known of a class, maybe of other bytes. */
    boolean knows(String className, boolean wasLoaded) {
        return classes != null && classes.knows(key(className, wasLoaded));
    }

    /** What was made of a class; null where that is not known. */
    @Nullable
    Made of(String className, boolean wasLoaded, byte[] bytes) {
        byte[] packed = classes == null ? null : classes.of(key(className, wasLoaded), bytes);
        if (packed == null) {
            return null;
        }
        return packed == bytes ? Made.NOTHING : new Made(CheckedClass.unpacked(packed));
    }

    /** Keep what was made of a class. */
    void add(String className, boolean wasLoaded, byte[] bytes, Made made) {
        if (classes != null) {
            classes.add(key(className, wasLoaded), bytes, made.checked == null ? bytes : made.checked.packed());
        }
    }

    /** Have what is new written, now by a thread that nobody waits for, and when the JVM ends. */
    void write() {
        if (classes != null) {
            classes.keep();
            Runtime.getRuntime().addShutdownHook(new Thread(this::close, "dataprism-agent-keeps"));
        }
    }

    /** Write what is new. Blocks. */
    void close() {
        if (classes != null) {
            classes.close();
        }
    }

    private static String key(String className, boolean wasLoaded) {
        // No sign between two texts: that would be linked here.
        return wasLoaded ? "loaded ".concat(className) : className;
    }
}
