package io.dataprism.app.pipeline;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a pipeline.
 *
 * @param name what its result is called in later steps
 * @param plugin who is called
 * @param call which capability
 * @param with the request, with references in it
 * @param save the file in the output folder that takes the result's content, with references in it
 * @param timeout how long it may take
 * @param each what {@code ${each.<name>}} stands for in this step
 */
public record Step(
        String name,
        String plugin,
        String call,
        JsonObject with,
        Optional<String> save,
        Duration timeout,
        Map<String, Object> each) {
    public Step {
        each = Map.copyOf(each);
    }
}
