package io.dataprism.kernel.resource;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What one plugin was found to have of the JVM, at one moment.
 *
 * @param at when it was looked at
 * @param retained bytes of the heap that it retains; empty where memory can't be read, see {@code Kernel.promises()}
 * @param whole whether all of that was counted; else it retains at least so much
 * @param cut whether counting it ended early, so that nothing follows from how little was found
 * @param classes of its own, loaded from its jars
 * @param classBytes about what those take outside the heap: the JVM tells of all classes together, of which these are so many
 * @param threads that it started itself, and that live
 */
public record Measured(
        Instant at, OptionalLong retained, boolean whole, boolean cut, int classes, long classBytes, int threads) {

    JsonObject addTo(JsonObject use) {
        retained.ifPresent(bytes -> use.put("retained", bytes).put("retainedWhole", whole));
        return use.put("classes", classes)
                .put("classBytes", classBytes)
                .put("threads", threads)
                .put("measuredAt", at.toString());
    }
}
