package io.dataprism.gateway;

import io.dataprism.api.FailureKind;
import io.vertx.core.json.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told of a failure: a code and a text that is safe to show to anybody who may connect.
 *
 * @param code the stable code, {@code DP-1012}
 * @param type a {@link FailureKind}, for programs
 * @param text for people
 */
record Failure(String code, FailureKind type, String text) {
    private static final Pattern CODE = Pattern.compile("DP-([0-9]{4})");

    static Failure malformed(String expected) {
        return new Failure("DP-1010", FailureKind.INVALID, "The frame cannot be read: expected " + expected + ".");
    }

    static Failure unknownType() {
        return new Failure(
                "DP-1011",
                FailureKind.INVALID,
                "The frame's type is not known: expected ping, register, unregister, send or publish.");
    }

    static Failure address() {
        return new Failure(
                "DP-1012",
                FailureKind.DENIED,
                "The address is not open to clients: expected plugin:<id>:<capability>, event:<topic>,"
                        + " channel:<name>:<participant> or stream:<name>.");
    }

    static Failure verb(String verb, String instead) {
        return new Failure("DP-1013", FailureKind.INVALID, "The address takes no " + verb + ": " + instead + ".");
    }

    static Failure quota(String what, int limit) {
        return new Failure(
                "DP-1014",
                FailureKind.BUSY,
                "This socket has " + limit + " " + what + " already. End one, then try again.");
    }

    static Failure noRequest() {
        return new Failure(
                "DP-1015",
                FailureKind.DENIED,
                "Nobody waits at this reply address: it was not given to this socket, was answered, or is too old.");
    }

    static Failure dropped(int messages) {
        return new Failure(
                "DP-1016", FailureKind.BUSY, messages + " messages were dropped because this client reads too slowly.");
    }

    static Failure reply(String why) {
        return new Failure("DP-1017", FailureKind.FAILED, "The answer cannot be sent: " + why + ".");
    }

    static Failure noStream() {
        return new Failure(
                "DP-1018",
                FailureKind.INVALID,
                "This socket has not registered that stream: address. Register it first.");
    }

    static Failure streamTaken() {
        return new Failure(
                "DP-1019",
                FailureKind.INVALID,
                "A stream comes to that address already. Wait for its end, or take another address.");
    }

    static Failure streamCredit(int most) {
        return new Failure(
                "DP-1020",
                FailureKind.INVALID,
                "No stream comes to that address, or it has more credit than " + most
                        + " items. Give credit for items that came.");
    }

    /** An error frame; {@code address} is the client's own: where its callback waits, or what it registered. */
    JsonObject frame(@Nullable String address) {
        JsonObject frame = new JsonObject().put("type", "err");
        if (address != null) {
            frame.put("address", address);
        }
        return frame.put("failureCode", number())
                .put("failureType", type.name())
                .put("message", code + ": " + text);
    }

    private int number() {
        Matcher matcher = CODE.matcher(code);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
