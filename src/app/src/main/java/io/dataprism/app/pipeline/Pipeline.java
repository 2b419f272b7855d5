package io.dataprism.app.pipeline;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/**
 * A checked pipeline.
 *
 * @param name how it is called in reports
 * @param description one line on what it is for; may be empty
 * @param folder where its file lies: {@code ${pipeline.folder}}
 * @param settings what {@code ${settings.…}} stands for, overrides applied
 * @param steps in the order in which they run, with {@code each} written out
 */
public record Pipeline(String name, String description, Path folder, JsonObject settings, List<Step> steps) {
    public Pipeline {
        steps = List.copyOf(steps);
    }

    /** What {@code ${pipeline.…}} stands for. */
    static String of(Reference reference, String name, Path folder) {
        return reference.path().get(1).equals("folder") ? folder.toString() : name;
    }
}
