package io.dataprism.kernel.admission;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who signed all of an artifact.
 *
 * @param fingerprint the SHA-256 of the signer's certificate, in lower-case hex
 * @param subject whom the certificate names, which proves nothing unless the fingerprint is trusted
 * @param from when the certificate begins
 * @param until when it ends
 * @param stamped when it was signed, where somebody vouches for that
 * @param stamper the fingerprint of who does; empty where nobody does
 */
public record Signer(
        String fingerprint, String subject, Instant from, Instant until, Optional<Instant> stamped, String stamper) {

    /**
     * Why the certificate does not count at {@code now}; empty where it does.
     *
     * @param timestampers whose word counts for when something was signed
     */
    public Optional<String> invalid(Instant now, Set<String> timestampers) {
        if (isWithin(now) || (stamped.filter(this::isWithin).isPresent() && timestampers.contains(stamper))) {
            return Optional.empty();
        }
        if (now.isBefore(from)) {
            return Optional.of("it holds from " + from + " on");
        }
        String expired = "it expired at " + until;
        return Optional.of(
                stamped.isEmpty()
                        ? expired + ", and no time stamp says that it was signed before"
                        : timestampers.contains(stamper)
                                ? expired + ", and was signed at " + stamped.get()
                                : expired + ", and the policy does not name the time stamp's signer " + stamper
                                        + " under 'timestampers'");
    }

    private boolean isWithin(Instant time) {
        return !time.isBefore(from) && !time.isAfter(until);
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("fingerprint", fingerprint)
                .put("subject", subject)
                .put("from", from.toString())
                .put("until", until.toString());
        stamped.ifPresent(time -> json.put("stamped", time.toString()).put("stamper", stamper));
        return json;
    }

    /**
     * What {@link #toJson} made.
     *
     * @throws ClassCastException where it is something else
     * @throws java.time.format.DateTimeParseException where a time is none
     */
    public static Signer fromJson(JsonObject json) {
        String stamped = json.getString("stamped");
        return new Signer(
                required(json, "fingerprint"),
                required(json, "subject"),
                Instant.parse(required(json, "from")),
                Instant.parse(required(json, "until")),
                Optional.ofNullable(stamped).map(Instant::parse),
                json.getString("stamper", ""));
    }

    private static String required(JsonObject json, String key) {
        String text = json.getString(key);
        if (text == null) {
            throw new ClassCastException(key + " is missing");
        }
        return text;
    }
}
