package io.dataprism.sandbox.guard;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files of the JDK's that say nothing of the node or its machine, and that the JDK looks for while it works for a plugin: the property files directly in
 * its folder {@code conf} ({@code jaxp.properties}, which XML needs), and its list of bad fonts. Everybody may read these, and learn that one is not there.
 * Passwords of the JDK's management lie in folders below.
 */
final class JdkFiles {
    /** As the node started: a plugin may change the property. */
    private static final File HOME = real(new File(System.getProperty("java.home")));

    private static final Path CONF = HOME.toPath().resolve("conf");
    private static final Path BAD_FONTS = HOME.toPath().resolve("lib").resolve("badfonts.txt");
    /** Some systems keep them elsewhere, and links in the folder. */
    private static final Set<Path> LINKED = linked();

    private JdkFiles() {}

    private static File real(File file) {
        try {
            return file.getCanonicalFile();
        } catch (IOException e) {
            return file.getAbsoluteFile();
        }
    }

    private static Set<Path> linked() {
        Set<Path> linked = new TreeSet<>();
        File[] files = CONF.toFile().listFiles();
        if (files != null) {
            for (File file : files) {
                if (isProperties(file.getName())) {
                    linked.add(real(file).toPath());
                }
            }
        }
        return linked;
    }

    private static boolean isProperties(String name) {
        return name.endsWith(".properties");
    }

    /** Whether a place, with all links followed, is one of these. */
    static boolean areOpen(Path place) {
        Path name = place.getFileName();
        return name != null
                && (place.equals(BAD_FONTS)
                        || (CONF.equals(place.getParent()) && isProperties(name.toString()))
                        || LINKED.contains(place));
    }
}
