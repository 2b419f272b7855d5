package io.dataprism.kernel.traffic;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A message that did not reach one of its receivers, or failed there.
 *
 * @param number what it goes by; a message that failed at several receivers is a dead letter for each
 * @param time when it died
 * @param id the message's
 * @param cause the id of the message for which it was sent
 * @param kind what it was: event, message, request or call
 * @param from who sent it, as a caller's label
 * @param to where to, as an address
 * @param receiver who missed it, as a caller's label
 * @param reason why
 * @param error what went wrong, for people
 * @param size about how many bytes of memory its body takes
 * @param shown the body as it may be shown; empty where it is not known what of it may be
 * @param replay sends it once more and tells what became of it; empty where its body was not kept
 */
public record DeadLetter(
        long number,
        Instant time,
        String id,
        Optional<String> cause,
        Kind kind,
        String from,
        String to,
        String receiver,
        Reason reason,
        String error,
        long size,
        Optional<Object> shown,
        Optional<Supplier<Future<String>>> replay) {

    /** Without the body. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("number", number)
                .put("time", time.toString())
                .put("id", id)
                .put("kind", kind.label())
                .put("from", from)
                .put("to", to)
                .put("receiver", receiver)
                .put("reason", reason.label())
                .put("error", error)
                .put("size", size)
                .put("replayable", replay.isPresent());
        cause.ifPresent(known -> json.put("cause", known));
        return json;
    }

    /** With the body, where it may be shown. */
    public JsonObject toJsonWithBody() {
        JsonObject json = toJson();
        shown.ifPresent(body -> json.put("body", body));
        return json;
    }

    DeadLetter numbered(long given) {
        return new DeadLetter(given, time, id, cause, kind, from, to, receiver, reason, error, size, shown, replay);
    }
}
