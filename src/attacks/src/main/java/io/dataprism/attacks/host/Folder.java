package io.dataprism.attacks.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How a folder looks: each file's rights, time, size and bytes. */
final class Folder {
    private Folder() {}

    static Map<String, String> look(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.forEach(path -> files.put(folder.relativize(path).toString(), describe(path)));
        }
        return files;
    }

    private static String describe(Path path) {
        try {
            PosixFileAttributes file = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String rights = file.permissions() + (file.isDirectory() ? " folder" : " " + file.lastModifiedTime());
            return file.isRegularFile() ? rights + " " + Arrays.hashCode(Files.readAllBytes(path)) : rights;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What differs between two looks, for people; empty where nothing does. */
    static String difference(Map<String, String> before, Map<String, String> after) {
        StringBuilder words = new StringBuilder();
        after.forEach((name, looks) -> {
            if (!looks.equals(before.get(name))) {
                words.append(before.containsKey(name) ? "changed " : "made ")
                        .append(name)
                        .append(' ');
            }
        });
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .forEach(name -> words.append("took ").append(name).append(" away "));
        return words.toString().strip();
    }
}
