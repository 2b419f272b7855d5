package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JDK that children run on, which is the kernel's, and what it needs of the system: libraries, and files elsewhere to which a distribution's links lead.
 *
 * @param folder of the JDK
 * @param linked where a link of the JDK says that a file is, and which file that is in the end
 */
record JavaHome(Path folder, Map<Path, Path> linked) {
    /** How deep in a JDK its links are. */
    private static final int DEEP = 4;

    private static final List<String> LIBRARIES =
            List.of("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/etc/ld.so.conf.d");

    /** What a JVM opens of the devices. */
    static final List<String> DEVICES = List.of("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom");

    static JavaHome own() throws IOException {
        Path folder = Path.of(System.getProperty("java.home")).toRealPath();
        Map<Path, Path> linked = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder, DEEP)) {
            for (Path link : (Iterable<Path>) files.filter(Files::isSymbolicLink)::iterator) {
                Path said = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
                if (!said.startsWith(folder) && Files.exists(said)) {
                    linked.put(said, said.toRealPath());
                }
            }
        }
        return new JavaHome(folder, Map.copyOf(linked));
    }

    Path java() {
        return folder.resolve("bin").resolve("java");
    }

    /** Folders and files of the system's libraries that there are here. */
    static Stream<Path> libraries() {
        return LIBRARIES.stream().map(Path::of).filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    }
}
