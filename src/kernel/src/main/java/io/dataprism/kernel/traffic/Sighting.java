package io.dataprism.kernel.traffic;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A message as it was seen once: when it was sent, when a receiver was done with it, or when its answer came. The lines of one message share
 * its id.
 *
 * @param time when it was seen
 * @param id the message's
 * @param cause the id of the message for which it was sent
 * @param kind what was seen
 * @param from who sent it, as a caller's label; of an answer, who answered
 * @param to where to: {@code event:<topic>}, {@code channel:<name>:<participant>} or {@code plugin:<id>:<capability>}; of {@link Kind#HANDLED} and
 *     {@link Kind#ANSWER} still that of the message
 * @param receiver who was done with it or got the answer, as a caller's label; empty while that is not known
 * @param size about how many bytes of memory its body takes
 * @param outcome what became of it
 * @param detail how many took it, or why it failed
 * @param took how long the handler took, or the answer; zero for what was sent
 * @param body as it may be shown, where that was asked for: what is sensitive is masked
 */
public record Sighting(
        Instant time,
        String id,
        Optional<String> cause,
        Kind kind,
        String from,
        String to,
        String receiver,
        long size,
        Outcome outcome,
        String detail,
        Duration took,
        Optional<Object> body) {

    Sighting withoutBody() {
        return body.isEmpty()
                ? this
                : new Sighting(
                        time, id, cause, kind, from, to, receiver, size, outcome, detail, took, Optional.empty());
    }

    /** With these names; durations in microseconds, {@code body} only where there is one. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("time", time.toString())
                .put("id", id)
                .put("kind", kind.label())
                .put("from", from)
                .put("to", to)
                .put("size", size)
                .put("outcome", outcome.label());
        cause.ifPresent(known -> json.put("cause", known));
        if (!receiver.isEmpty()) {
            json.put("receiver", receiver);
        }
        if (!detail.isEmpty()) {
            json.put("detail", detail);
        }
        if (!took.isZero()) {
            json.put("micros", took.toNanos() / 1_000);
        }
        body.ifPresent(shown -> json.put("body", shown));
        return json;
    }
}
