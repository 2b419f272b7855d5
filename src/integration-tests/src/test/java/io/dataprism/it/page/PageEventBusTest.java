package io.dataprism.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Event;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.EventProbe;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageEventBusTest extends PageTest {
    private static final String[] EVENTS = {"event-publish:**", "event-subscribe:**"};

    private PluginUnderTest listener(String id, String... patterns) {
        PluginUnderTest listener = puppet(id, EVENTS);
        for (String pattern : patterns) {
            tell(listener, "subscribe", json().put("pattern", pattern));
        }
        return listener;
    }

    private static void awaitSeen(PluginUnderTest puppet, Object... expected) {
        Await.until(
                puppet.id() + " to see " + expected.length + " event(s)",
                () -> seen(puppet).size() >= expected.length);
        assertEquals(new JsonArray(List.of(expected)), seen(puppet));
    }

    @Test
    @DisplayName(
            "Event Bus (eventBus): publish(event, data) reaches every plugin that did subscribe(event, pluginId, callback)")
    void publishReachesSubscribers() {
        PluginUnderTest one = listener("one", "news.today");
        PluginUnderTest two = listener("two", "news.today");
        PluginUnderTest speaker = puppet("speaker", EVENTS);
        assertEquals(2, (Integer)
                speaker.reply("publish", json().put("topic", "news.today").put("body", "rain")));
        awaitSeen(one, "news.today=rain");
        awaitSeen(two, "news.today=rain");
    }

    @Test
    @DisplayName("Event Bus: several handlers a plugin and event (the page's listeners.set kept only the last)")
    void severalHandlersAPlugin() {
        PluginUnderTest listener = puppet("listener", EVENTS);
        tell(listener, "subscribe", json().put("pattern", "a").put("as", "1:"));
        tell(listener, "subscribe", json().put("pattern", "a").put("as", "2:"));
        kernel.publish("a", 7);
        awaitSeen(listener, "1:a=7", "2:a=7");
    }

    @Test
    @DisplayName(
            "Event Bus: a callback's error (Error in plugin ${pluginId} event handler) is reported and disturbs no other")
    void aFailingHandlerDisturbsNobody() {
        EventProbe failures = kernel.events("plugin.*.failure");
        PluginUnderTest failing = puppet("failing", EVENTS);
        tell(failing, "subscribe", json().put("pattern", "a").put("failing", true));
        PluginUnderTest other = listener("other", "a");
        kernel.publish("a", 1);
        kernel.publish("a", 2);
        awaitSeen(other, "a=1", "a=2");
        awaitSeen(failing, "a=1", "a=2");
        for (Event report : failures.await(2)) {
            assertEquals("plugin.failing.failure", report.topic());
            assertEquals(
                    json().put("id", "failing")
                            .put("where", "topic a")
                            .put("type", IllegalStateException.class.getName())
                            .put("message", "this handler always fails"),
                    report.body());
        }
    }

    @Test
    @DisplayName("Event Bus: unsubscribe(pluginId) removes all subscriptions of a plugin, and nobody else's")
    void unsubscribeAll() {
        PluginUnderTest one = listener("one", "a", "b");
        PluginUnderTest two = listener("two", "a");
        tell(one, "unsubscribe-all", json());
        kernel.publish("a", 1);
        kernel.publish("b", 1);
        awaitSeen(two, "a=1");
        assertTrue(seen(one).isEmpty());
    }

    @Test
    @DisplayName("Event Bus: one subscription can be ended and the others stay")
    void unsubscribeOne() {
        PluginUnderTest one = listener("one", "a", "b");
        tell(one, "unsubscribe", json().put("pattern", "a"));
        kernel.publish("a", 1);
        kernel.publish("b", 2);
        awaitSeen(one, "b=2");
    }

    @Test
    @DisplayName("Event Bus: pluginEvents: a stopped plugin's subscriptions are gone, without its help")
    void aStoppedPluginsSubscriptionsAreGone() {
        PluginUnderTest one = listener("one", "a");
        one.stop();
        assertEquals(0, kernel.publish("a", 1).accepted());
        one.start();
        assertEquals(0, kernel.publish("a", 2).accepted(), "a fresh instance has subscribed to nothing yet");
    }

    @Test
    @DisplayName("Overview: Lifecycle Events: each change of state is an event plugin.<id>.<state>")
    void lifecycleEvents() {
        EventProbe states = kernel.events("plugin.puppet.*");
        PluginUnderTest puppet = puppet("puppet");
        states.await("running", event -> event.topic().equals("plugin.puppet.running"));
        puppet.stop();
        states.await("stopped", event -> event.topic().equals("plugin.puppet.stopped"));
        List<String> expected = Stream.of("loading", "initialized", "running", "stopping", "stopped")
                .map(state -> "plugin.puppet." + state)
                .toList();
        assertEquals(expected, states.seen().stream().map(Event::topic).toList());
    }
}
