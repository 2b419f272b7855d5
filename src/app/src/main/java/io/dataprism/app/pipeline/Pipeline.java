package io.dataprism.app.pipeline;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A checked pipeline.
 *
 * @param name how it is called in reports
 * @param description one line on what it is for; may be empty
 * @param settings what {@code ${settings.…}} stands for, overrides applied
 * @param steps in the order in which they run, with {@code each} written out
 */
public record Pipeline(String name, String description, JsonObject settings, List<Step> steps) {
    public Pipeline {
        steps = List.copyOf(steps);
    }
}
