package io.dataprism.kernel.lifecycle;

import io.vertx.core.json.JsonObject;

/**
 * Why a plugin is not running as it should.
 *
 * @param code the stable code
 * @param message which plugin, what failed, found and expected, what to do
 * @param step the step of its life that failed, for example {@code initialize}
 */
public record PluginFailure(String code, String message, String step) {

    public JsonObject toJson() {
        return new JsonObject().put("code", code).put("message", message).put("step", step);
    }
}
