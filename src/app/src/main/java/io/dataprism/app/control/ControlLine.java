package io.dataprism.app.control;

import io.dataprism.api.PluginException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** The form of requests and replies on the control socket. */
final class ControlLine {
    /** The version of this protocol. A newer one is refused. */
    static final int VERSION = 1;
    /** A line's bytes at most. */
    static final int LONGEST = 4 << 20;

    private ControlLine() {}

    /** A request, as the server reads it. */
    record Request(long id, String noun, String verb, JsonObject body) {}

    static String request(long id, String noun, String verb, JsonObject body) {
        return new JsonObject()
                        .put("v", VERSION)
                        .put("id", id)
                        .put("noun", noun)
                        .put("verb", verb)
                        .put("body", body)
                        .encode()
                + "\n";
    }

    static Request parseRequest(String line) {
        JsonObject json = parse(line);
        if (!(json.getValue("noun") instanceof String noun) || !(json.getValue("verb") instanceof String verb)) {
            throw new PluginException(
                    "DP-0931", "A control request needs the texts 'noun' and 'verb', for example plugins and list.");
        }
        JsonObject body = json.getValue("body") instanceof JsonObject given ? given : new JsonObject();
        return new Request(idOf(json), noun, verb, body);
    }

    static String success(long id, JsonObject answer) {
        return new JsonObject()
                        .put("v", VERSION)
                        .put("id", id)
                        .put("ok", answer)
                        .encode() + "\n";
    }

    static String failure(long id, String code, String message) {
        JsonObject error = new JsonObject().put("code", code).put("message", message);
        return new JsonObject()
                        .put("v", VERSION)
                        .put("id", id)
                        .put("error", error)
                        .encode() + "\n";
    }

    /** One line of the right version, whichever its kind. */
    static JsonObject parse(String line) {
        JsonObject json;
        try {
            json = new JsonObject(line);
        } catch (DecodeException | ClassCastException e) {
            throw new PluginException(
                    "DP-0931",
                    "A line on the control socket must be a JSON object, but is: " + PluginException.excerpt(line));
        }
        if (!(json.getValue("v") instanceof Number version) || version.intValue() != VERSION) {
            throw new PluginException(
                    "DP-0932",
                    "A line on the control socket is of version " + json.getValue("v")
                            + ", and this DataPrism speaks version " + VERSION
                            + ". Use the command line of the release that the node runs.");
        }
        return json;
    }

    static long idOf(JsonObject json) {
        return json.getValue("id") instanceof Number id ? id.longValue() : 0;
    }
}
