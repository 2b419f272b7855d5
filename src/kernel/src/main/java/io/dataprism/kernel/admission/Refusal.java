package io.dataprism.kernel.admission;

import io.vertx.core.json.JsonObject;

/**
 * Something that speaks against an artifact.
 *
 * @param code of the error
 * @param message what was found, what was expected, what to do
 */
public record Refusal(String code, String message) {
    public JsonObject toJson() {
        return new JsonObject().put("code", code).put("message", message);
    }

    @Override
    public String toString() {
        return code + " " + message;
    }
}
