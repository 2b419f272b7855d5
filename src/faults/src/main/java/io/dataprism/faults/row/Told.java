package io.dataprism.faults.row;

import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** What whoever asks a node for something is told. */
final class Told {
    private Told() {}

    /** Its failure's code and message, or what it answered. */
    static String by(Supplier<JsonObject> asked) {
        try {
            return asked.get().encode();
        } catch (PluginException refused) {
            return refused.code() + " " + refused.getMessage();
        }
    }

    /** The same, no longer than a line. */
    static String brief(Supplier<JsonObject> asked) {
        String text = by(asked);
        return text.length() <= 200 ? text : text.substring(0, 200) + " …";
    }
}
