package io.dataprism.kernel.registry;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.PlainJson;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code record.json} beside a stored artifact: where it came from. Carries the format's version; a newer one is refused, an older one is
 * read and written anew.
 *
 * @param source as it was written
 * @param sha256 of the artifact
 * @param check of the artifact, which tells damage sooner; empty in a record of the first format
 */
record RecordFile(String source, String sha256, Instant installed, Optional<FileCheck> check) {
    static final String NAME = "record.json";
    private static final int FORMAT = 2;
    private static final int WITHOUT_CHECK = 1;

    RecordFile(String source, String sha256, Instant installed) {
        this(source, sha256, installed, Optional.empty());
    }

    /** The same for the file at {@code jar}. Blocks. */
    RecordFile checking(Path jar) throws IOException {
        return new RecordFile(source, sha256, installed, Optional.of(FileCheck.of(jar)));
    }

    /** Write it into a folder that is brought to the disk, and gets its name, after this. */
    void writeInto(Path filling) throws IOException {
        Files.writeString(filling.resolve(NAME), text());
    }

    /** Write it, in the place of an older one, wholly or not at all. */
    void replaceIn(Path folder, Durable durable) throws IOException {
        Path unfinished = folder.resolve(NAME + ".unfinished");
        Files.writeString(unfinished, text());
        durable.replace(unfinished, folder.resolve(NAME));
    }

    private String text() {
        JsonObject json = new JsonObject()
                .put("format", check.isPresent() ? FORMAT : WITHOUT_CHECK)
                .put("source", source)
                .put("sha256", sha256)
                .put("installed", installed.toString());
        check.ifPresent(jar -> json.put("size", jar.size()).put("crc32c", Long.toHexString(jar.checksum())));
        return PlainJson.text(json);
    }

    static RecordFile read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        try {
            JsonObject json = PlainJson.object(Files.readString(file));
            Integer format = json.getInteger("format");
            if (format != null && format > FORMAT) {
                throw new PluginException(
                        "DP-0250",
                        "The data folder was written by a newer version: " + file + " has format " + format
                                + ", expected at most " + FORMAT
                                + ". Run the version that wrote it, or give this one another data folder.");
            }
            if (format != null
                    && format >= WITHOUT_CHECK
                    && json.getValue("source") instanceof String source
                    && json.getValue("sha256") instanceof String sha256
                    && json.getValue("installed") instanceof String installed) {
                return new RecordFile(
                        source, sha256, Instant.parse(installed), format == FORMAT ? check(json) : Optional.empty());
            }
        } catch (CharacterCodingException
                | DecodeException
                | ClassCastException
                | DateTimeParseException
                | NumberFormatException e) {
            throw damaged(file, e);
        }
        throw damaged(file, null);
    }

    /** @throws ClassCastException where it is not there */
    private static Optional<FileCheck> check(JsonObject json) {
        Number size = json.getNumber("size");
        String checksum = json.getString("crc32c");
        if (size == null || checksum == null) {
            throw new ClassCastException("size and crc32c are missing");
        }
        return Optional.of(new FileCheck(size.longValue(), Long.parseLong(checksum, 16)));
    }

    private static PluginException damaged(Path file, @Nullable Throwable cause) {
        return new PluginException(
                "DP-0251",
                "The record " + file
                        + " is damaged: expected what this program writes. Delete its folder and install the plugin again.",
                cause);
    }
}
