package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.Event;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.logging.LogLines;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class HandlerFailuresTest extends KernelTest {
    private final List<Event> reports = new CopyOnWriteArrayList<>();

    /** A plugin whose handler of {@code pattern} always fails. */
    private void loadFailing(String id, String pattern) throws Exception {
        String permission = "event-subscribe:" + pattern;
        PluginJar jar = PluginJar.of(id)
                .permission(permission)
                .does(
                        "start",
                        "return context.events().subscribe(\"" + pattern
                                + "\", event -> { note(event.topic()); throw new IllegalStateException(\"broken\"); }).mapEmpty();");
        await(kernel.load(ArtifactSource.path(jar.in(folder)), LoadOptions.DEFAULT.grants(permission)));
    }

    @Test
    void aFailureAtATopicThatEndsInFailureIsReported() throws Exception {
        await(kernel.events().subscribe("plugin.*.failure", reports::add));
        loadFailing("orders", "orders.failure");
        await(kernel.events().publish("orders.failure", 1));
        soon().until(() -> reports.size() == 1);
        assertEquals("plugin.orders.failure", reports.get(0).topic());
        assertEquals(
                new JsonObject()
                        .put("id", "orders")
                        .put("where", "topic orders.failure")
                        .put("type", "java.lang.IllegalStateException")
                        .put("message", "broken"),
                reports.get(0).body());
    }

    @Test
    void aFailureAtAReportIsNotReportedAgain() throws Exception {
        loadFailing("watcher", "plugin.*.failure");
        loadFailing("orders", "orders.*");
        await(kernel.events().subscribe("plugin.*.failure", reports::add));
        await(kernel.events().publish("orders.new", 1));
        soon().until(() -> notes().contains("watcher:plugin.orders.failure"));
        await(kernel.events().publish("orders.new", 2));
        soon().until(() -> reports.size() >= 2);
        assertEquals(
                List.of("plugin.orders.failure", "plugin.orders.failure"),
                reports.stream().map(Event::topic).toList());
    }

    @Test
    void ofManyFailuresTheLogHasTheFirstAndEachIsReported() throws Exception {
        await(kernel.events().subscribe("plugin.*.failure", reports::add));
        loadFailing("orders", "orders.*");
        try (LogLines log = new LogLines(HandlerFailures.class)) {
            for (int i = 0; i < 50; i++) {
                await(kernel.events().publish("orders.new", i));
            }
            soon().until(() -> reports.size() == 50);
            assertEquals(10, log.seen().size());
        }
    }
}
