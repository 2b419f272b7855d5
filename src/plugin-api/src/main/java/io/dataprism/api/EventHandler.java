package io.dataprism.api;

/** Takes events. Runs in the plugin's slices; a failure is reported with plugin and topic, and disturbs nobody else. */
@FunctionalInterface
public interface EventHandler {
    void handle(Event event) throws Exception;
}
