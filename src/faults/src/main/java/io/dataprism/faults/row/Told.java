package io.dataprism.faults.row;

import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What whoever asks a node for something is told. */
final class Told {
    private static final Pattern SCENE = Pattern.compile("/\\S*dataprism-faults-\\d+");

    private Told() {}

    /** Its failure's code and message, or what it answered. */
    static String by(Supplier<JsonObject> asked) {
        try {
            return plain(asked.get().encode());
        } catch (PluginException refused) {
            return plain(refused.code() + " " + refused.getMessage());
        }
    }

    /** Where on this machine it happened is of no interest. */
    private static String plain(String text) {
        return SCENE.matcher(text).replaceAll("…");
    }

    /** The same, no longer than a line. */
    static String brief(Supplier<JsonObject> asked) {
        String text = by(asked);
        return text.length() <= 200 ? text : text.substring(0, 200) + " …";
    }
}
