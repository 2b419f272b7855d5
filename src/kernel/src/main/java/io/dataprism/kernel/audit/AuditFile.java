package io.dataprism.kernel.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One file of the log: lines one after the other, each ending with a line feed. Blocks.
 *
 * @param path where it is
 * @param first the number of its first line, which its name says
 */
record AuditFile(Path path, long first) {
    private static final Pattern NAME = Pattern.compile("audit-(\\d{18})\\.jsonl");

    /** No line is longer. */
    private static final int LONGEST = 1 << 16;

    /** What is in a file: its whole lines without their line feeds, and how many bytes of a line that has no end follow them. */
    record Content(List<byte[]> lines, int unfinished) {}

    static AuditFile in(Path folder, long first) {
        return new AuditFile(folder.resolve("audit-%018d.jsonl".formatted(first)), first);
    }

    /** Those in {@code folder}, oldest first; none where there is no such folder. */
    static List<AuditFile> all(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(path -> of(path).stream())
                    .sorted(Comparator.comparingLong(AuditFile::first))
                    .toList();
        }
    }

    private static Optional<AuditFile> of(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches() ? Optional.of(new AuditFile(path, Long.parseLong(name.group(1)))) : Optional.empty();
    }

    String name() {
        return path.getFileName().toString();
    }

    long size() throws IOException {
        return Files.size(path);
    }

    Content read() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        List<byte[]> lines = new ArrayList<>();
        int begin = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                lines.add(Arrays.copyOfRange(bytes, begin, at));
                begin = at + 1;
            }
        }
        return new Content(lines, bytes.length - begin);
    }

    /** Its first line; empty where that can't be read. */
    Optional<AuditLine> firstLine() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LONGEST);
        }
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        try {
            return Optional.of(AuditLine.read(Arrays.copyOf(bytes, end)));
        } catch (NoAuditLineException e) {
            return Optional.empty();
        }
    }
}
