package io.dataprism.kernel.registry;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.admission.JarSignatures;
import io.dataprism.kernel.admission.Signer;
import io.dataprism.kernel.manifest.PlainJson;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code record.json} beside a stored artifact: where it came from. Carries the format's version; a newer one is refused, an older one is
 * read and written anew.
 *
 * @param source as it was written
 * @param sha256 of the artifact
 * @param check of the artifact, which tells damage sooner; empty in a record of the first format
 * @param signers of all of the artifact; empty in a record of the first two formats
 */
record RecordFile(
        String source, String sha256, Instant installed, Optional<FileCheck> check, Optional<List<Signer>> signers) {
    static final String NAME = "record.json";
    private static final int FORMAT = 3;
    private static final int WITHOUT_SIGNERS = 2;
    private static final int WITHOUT_CHECK = 1;

    RecordFile(String source, String sha256, Instant installed, List<Signer> signers) {
        this(source, sha256, installed, Optional.empty(), Optional.of(signers));
    }

    /** The same for the file at {@code jar}. Blocks. */
    RecordFile checking(Path jar) throws IOException {
        return new RecordFile(source, sha256, installed, Optional.of(FileCheck.of(jar)), signers);
    }

    /** Whether it lacks what an older version did not write. */
    boolean isOfOlderFormat() {
        return check.isEmpty() || signers.isEmpty();
    }

    /** The same as this version writes it, with what {@code jar} says. Blocks. */
    RecordFile renewed(Path jar) throws IOException {
        List<Signer> known =
                signers.isPresent() ? signers.get() : JarSignatures.of(jar).signers();
        return new RecordFile(source, sha256, installed, Optional.of(FileCheck.of(jar)), Optional.of(known));
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
                .put("format", FORMAT)
                .put("source", source)
                .put("sha256", sha256)
                .put("installed", installed.toString());
        JsonArray all = new JsonArray();
        signers.orElse(List.of()).forEach(signer -> all.add(signer.toJson()));
        json.put("signers", all);
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
                        source,
                        sha256,
                        Instant.parse(installed),
                        format >= WITHOUT_SIGNERS ? check(json) : Optional.empty(),
                        format == FORMAT ? Optional.of(signers(json)) : Optional.empty());
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

    /** @throws ClassCastException where they are not there */
    private static List<Signer> signers(JsonObject json) {
        JsonArray all = json.getJsonArray("signers");
        if (all == null) {
            throw new ClassCastException("signers are missing");
        }
        List<Signer> signers = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            signers.add(Signer.fromJson(all.getJsonObject(i)));
        }
        return List.copyOf(signers);
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
