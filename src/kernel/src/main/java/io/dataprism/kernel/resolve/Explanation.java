package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Why a plugin runs, or why it does not: the chain of who asked for what.
 *
 * @param selected whether it is among what runs
 * @param steps a sentence a link of the chain, the first about the plugin itself
 */
public record Explanation(PluginId id, boolean selected, List<String> steps) {
    public Explanation {
        steps = List.copyOf(steps);
    }

    /** The steps, a line each, every link one further in. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            text.append("  ".repeat(i))
                    .append(i == 0 ? "" : "- ")
                    .append(steps.get(i))
                    .append('\n');
        }
        return text.toString();
    }

    public JsonObject toJson() {
        return new JsonObject()
                .put("plugin", id.value())
                .put("selected", selected)
                .put("steps", new JsonArray(steps));
    }
}
