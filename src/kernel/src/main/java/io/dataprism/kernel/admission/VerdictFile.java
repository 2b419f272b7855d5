package io.dataprism.kernel.admission;

import io.dataprism.kernel.manifest.PlainJson;
import io.dataprism.sandbox.scan.ScanReport;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code verdict.json} in an artifact's folder: what the scan found, behind a line that says what it rests on and what the rest of the file hashes to. One that
 * rests on something else, or is damaged, counts for nothing. Blocks.
 */
final class VerdictFile {
    static final String NAME = "verdict.json";
    private static final String DAMAGED = "DP-0945";
    private static final String HEAD = "dataprism-verdict 1 ";
    private static final long LARGEST = 64L << 20;
    private static final Logger LOG = LoggerFactory.getLogger(VerdictFile.class);

    private VerdictFile() {}

    /** Write it, wholly or not at all. What is lost with the machine's power is found out anew. */
    static void write(Path folder, String key, ScanReport report) throws IOException {
        String body = PlainJson.text(ScanJson.of(report));
        Path unfinished = Files.createTempFile(folder, NAME, ".unfinished");
        try {
            Files.writeString(unfinished, HEAD + key + " " + Hashes.of(key, body) + "\n" + body);
            Files.move(
                    unfinished,
                    folder.resolve(NAME),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** What was written there for {@code key}; empty where that is nothing, or nothing that can be believed. */
    static Optional<ScanReport> read(Path folder, String key) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(file);
            int end = text.indexOf('\n');
            String body = text.substring(end + 1);
            if (end < 0 || !text.substring(0, end).startsWith(HEAD + key + " ")) {
                return Optional.empty();
            }
            if (!text.substring(0, end).equals(HEAD + key + " " + Hashes.of(key, body))) {
                throw new IllegalArgumentException("its hash is another one");
            }
            return Optional.of(
                    ScanJson.read(new JsonObject(PlainJson.object(body).getMap())));
        } catch (CharacterCodingException
                | DecodeException
                | ClassCastException
                | NullPointerException
                | IllegalArgumentException e) {
            LOG.warn("{} The verdict {} is damaged ({}); the artifact is scanned again", DAMAGED, file, e.toString());
            return Optional.empty();
        }
    }
}
