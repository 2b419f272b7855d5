package io.dataprism.kernel.audit;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * A line of the log: JSON, whose last field is the SHA-256 of all bytes before it, and whose last but one is that of the line before.
 *
 * @param sequence its number, one more than that of the line before
 * @param at when it happened, by the node's clock
 * @param entry what happened
 * @param prev the hash of the line before; {@link #BEGINNING} in the first
 * @param hash its own
 */
public record AuditLine(long sequence, Instant at, AuditEntry entry, String prev, String hash) {
    public AuditLine {
        Objects.requireNonNull(at);
        Objects.requireNonNull(prev);
        Objects.requireNonNull(hash);
    }

    /** What stands before the first line. */
    static final String BEGINNING = "0".repeat(64);

    static final int VERSION = 1;
    private static final String HASH = ",\"hash\":\"";
    private static final int SEAL = HASH.length() + 64 + "\"}".length();

    /** The bytes of the line that follows one of hash {@code prev}, without a line feed. */
    static byte[] seal(long sequence, Instant at, AuditEntry entry, String prev) {
        String open = body(sequence, at, entry, prev).encode();
        byte[] signed = open.substring(0, open.length() - 1).getBytes(StandardCharsets.UTF_8);
        byte[] seal = (HASH + hash(signed, signed.length) + "\"}").getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(signed, signed.length + seal.length);
        System.arraycopy(seal, 0, bytes, signed.length, seal.length);
        return bytes;
    }

    private static JsonObject body(long sequence, Instant at, AuditEntry entry, String prev) {
        JsonObject json = new JsonObject()
                .put("v", VERSION)
                .put("sequence", sequence)
                .put("at", at.toString())
                .put("who", entry.who().kind().label());
        putUnlessEmpty(json, "id", entry.who().id());
        putUnlessEmpty(json, "version", entry.who().version());
        json.put("what", entry.what());
        putUnlessEmpty(json, "target", entry.target());
        json.put("decision", entry.decision().label());
        putUnlessEmpty(json, "why", entry.why());
        putUnlessEmpty(json, "cause", entry.cause());
        return json.put("count", entry.count()).put("prev", prev);
    }

    private static void putUnlessEmpty(JsonObject json, String field, String text) {
        if (!text.isEmpty()) {
            json.put(field, text);
        }
    }

    /** As it stands in the log. */
    public JsonObject toJson() {
        return body(sequence, at, entry, prev).put("hash", hash);
    }

    /** The hash that {@code sealed} ends with. */
    static String hashOf(byte[] sealed) {
        return new String(sealed, sealed.length - SEAL + HASH.length(), 64, StandardCharsets.US_ASCII);
    }

    /** Whether {@code bytes}, without the line feed, are sealed by their own hash. */
    static boolean isSealed(byte[] bytes) {
        int signed = bytes.length - SEAL;
        return signed > 0 && new String(bytes, signed, SEAL, StandardCharsets.ISO_8859_1).equals(sealOf(bytes, signed));
    }

    private static String sealOf(byte[] bytes, int signed) {
        return HASH + hash(bytes, signed) + "\"}";
    }

    private static String hash(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    /**
     * What {@code bytes} say, sealed or not.
     *
     * @throws NoAuditLineException where they are none
     */
    static AuditLine read(byte[] bytes) throws NoAuditLineException {
        try {
            JsonObject json = new JsonObject(new String(bytes, StandardCharsets.UTF_8));
            int version = json.getInteger("v", 0);
            if (version != VERSION) {
                throw NoAuditLineException.format(version);
            }
            return new AuditLine(
                    json.getLong("sequence"),
                    Instant.parse(json.getString("at")),
                    entry(json),
                    json.getString("prev"),
                    json.getString("hash"));
        } catch (DecodeException
                | ClassCastException
                | DateTimeException
                | NullPointerException
                | IllegalArgumentException e) {
            throw NoAuditLineException.because(
                    "it is no line of an audit log (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static AuditEntry entry(JsonObject json) {
        Actor who = new Actor(
                Actor.Kind.valueOf(json.getString("who").toUpperCase(Locale.ROOT)),
                json.getString("id", ""),
                json.getString("version", ""));
        return new AuditEntry(
                who,
                json.getString("what"),
                json.getString("target", ""),
                Decision.valueOf(json.getString("decision").toUpperCase(Locale.ROOT)),
                json.getString("why", ""),
                json.getString("cause", ""),
                json.getLong("count", 1L));
    }
}
