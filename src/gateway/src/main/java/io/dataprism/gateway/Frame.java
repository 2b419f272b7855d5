package io.dataprism.gateway;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A message of a client. Headers are not among its parts, but for the wishes for a stream and for an event that stays: a client's headers go
 * nowhere, so that none can claim an identity.
 *
 * @param verb what the client wants
 * @param address as the client wrote it, what answers and events are labelled with
 * @param target the address, read
 * @param replyTo the client's own name for the callback that waits, if one does
 * @param body a payload; null is one
 * @param stream where the answer is to come as a stream, if it is
 * @param retained whether an event is to stay as its topic's last value
 */
record Frame(
        Verb verb,
        String address,
        Address target,
        @Nullable String replyTo,
        @Nullable Object body,
        @Nullable StreamWish stream,
        boolean retained) {

    /** What a client may ask for. */
    enum Verb {
        REGISTER,
        UNREGISTER,
        SEND,
        PUBLISH
    }

    private static final int LONGEST_REPLY = 128;

    /** Whether the frame says only that the client lives. */
    static boolean isPing(JsonObject json) {
        return "ping".equals(json.getValue("type"));
    }

    static JsonObject json(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException e) {
            throw new FrameException(Failure.malformed("a JSON object"));
        }
    }

    static Frame of(JsonObject json) {
        String replyTo = replyTo(json);
        Verb verb = verb(json, replyTo);
        if (!(json.getValue("address") instanceof String address)) {
            throw new FrameException(Failure.malformed("a text 'address'"), replyTo);
        }
        Address target = Address.parse(address)
                .orElseThrow(() -> new FrameException(Failure.address(), callback(verb, address, replyTo)));
        try {
            StreamWish stream = target instanceof Address.Capability ? StreamWish.of(json) : null;
            boolean retained = verb == Verb.PUBLISH && target instanceof Address.Topic && isRetained(json);
            return new Frame(verb, address, target, replyTo, json.getValue("body"), stream, retained);
        } catch (FrameException wrong) {
            throw new FrameException(wrong.failure(), replyTo);
        }
    }

    private static boolean isRetained(JsonObject json) {
        Object wish =
                json.getValue("headers") instanceof JsonObject headers ? headers.getValue("retained", false) : false;
        return switch (String.valueOf(wish)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new FrameException(Failure.malformed("true or false as the header 'retained'"));
        };
    }

    /** Where this frame's failure goes: to the callback that waits, or to the handler that was to be registered. */
    @Nullable
    String callback() {
        return callback(verb, address, replyTo);
    }

    private static @Nullable String callback(Verb verb, String address, @Nullable String replyTo) {
        return verb == Verb.REGISTER && address.length() <= Address.LONGEST ? address : replyTo;
    }

    private static @Nullable String replyTo(JsonObject json) {
        Object value = json.getValue("replyAddress");
        if (value == null) {
            return null;
        }
        if (value instanceof String text && !text.isEmpty() && text.length() <= LONGEST_REPLY) {
            return text;
        }
        throw new FrameException(
                Failure.malformed("a text of at most " + LONGEST_REPLY + " characters as 'replyAddress'"));
    }

    private static Verb verb(JsonObject json, @Nullable String replyTo) {
        return switch (String.valueOf(json.getValue("type"))) {
            case "register" -> Verb.REGISTER;
            case "unregister" -> Verb.UNREGISTER;
            case "send" -> Verb.SEND;
            case "publish" -> Verb.PUBLISH;
            default -> throw new FrameException(Failure.unknownType(), replyTo);
        };
    }
}
