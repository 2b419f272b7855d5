package io.dataprism.kernel.audit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file of heads: one JSON object a line, only ever added to. Blocks. */
final class AuditHeads {
    private AuditHeads() {}

    /** Add {@code head}; it is on the disk when this returns. A line that was left unfinished is ended before. */
    static void add(Path file, Head head) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            String text = (endsOpen(channel, size) ? "\n" : "") + head.toJson().encode() + "\n";
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            for (long at = size; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
            channel.force(false);
        }
    }

    private static boolean endsOpen(FileChannel channel, long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n';
    }

    /**
     * The heads in {@code file}. An unfinished line is passed over: the node was ended while it wrote it.
     *
     * @throws io.dataprism.api.PluginException {@code DP-0853} where it can't be read, or holds something else
     */
    static List<Head> read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw AuditFailures.unreadableHeads(file, e);
        }
        List<Head> heads = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int at = 0; at < lines.length; at++) {
            boolean isEnded = at < lines.length - 1;
            if (!lines[at].isBlank() && (isEnded || lines[at].endsWith("}"))) {
                head(file, at, lines[at]).ifPresent(heads::add);
            }
        }
        return heads;
    }

    private static Optional<Head> head(Path file, int at, String line) {
        if (!line.endsWith("}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Head.fromJson(new JsonObject(line)));
        } catch (RuntimeException e) {
            throw AuditFailures.badHeads(file, at + 1, e);
        }
    }
}
