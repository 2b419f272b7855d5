package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.traffic.Sighting;
import io.dataprism.kernel.traffic.Verdict;
import io.dataprism.kernel.traffic.Watch;
import io.dataprism.kernel.traffic.WatchOptions;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A node's messages as host code and the operator see them. */
final class MessagesTest extends KernelTest {

    private Future<JsonObject> ask(String noun, String verb, JsonObject body) {
        return kernel.control().invoke(Caller.OPERATOR, noun, verb, body);
    }

    @Test
    void hostCodeSeesThemOnItsContext() throws Exception {
        BlockingQueue<Sighting> seen = new LinkedBlockingQueue<>();
        try (Watch watch = kernel.messages().watch(WatchOptions.ALL.withPattern("t.*"), seen::add)) {
            for (int i = 0; i < 1_000; i++) {
                kernel.events().publish("t.x", i);
            }
            for (int i = 0; i < 1_000; i++) {
                Sighting line = seen.poll(20, TimeUnit.SECONDS);
                assertEquals("event:t.x", line.to());
            }
            assertEquals(0, watch.takeDropped());
        }
    }

    /** It is published where anybody hears it, however they do. */
    @Test
    void theCheckIsToldToWhoeverListensInAnyWay() throws Exception {
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        MessageConsumer<Object> raw = vertx.eventBus().consumer("event:kernel.check", message -> heard.add("raw"));
        assertEquals("raw", heard.poll(20, TimeUnit.SECONDS));
        await(raw.unregister());
        try (Watch watch =
                kernel.messages().watch(WatchOptions.ALL.withPattern("kernel.check"), seen -> heard.add("watched"))) {
            soon().until(() -> heard.contains("watched"));
        }
        Runnable end = kernel.messages().intercept(passing -> {
            heard.add(passing.to());
            return Verdict.pass();
        });
        soon().until(() -> heard.contains("event:kernel.check"));
        end.run();
        await(kernel.events().subscribe("kernel.*", event -> heard.add(event.topic())));
        soon().until(() -> heard.contains("kernel.check"));
    }

    @Test
    void whatAWatchingHandlerThrowsKeepsNoOtherLineFromItAndNoMessageFromItsReceiver() throws Exception {
        BlockingQueue<Sighting> seen = new LinkedBlockingQueue<>();
        BlockingQueue<Object> received = new LinkedBlockingQueue<>();
        await(kernel.events().subscribe("t.*", event -> received.add(event.body())));
        WatchOptions published = WatchOptions.ALL.withPattern("t.*");
        try (Watch broken = kernel.messages().watch(published, line -> {
            seen.add(line);
            throw new IllegalStateException("can't draw that");
        })) {
            for (int i = 0; i < 500; i++) {
                kernel.events().publish("t.x", i);
            }
            for (int i = 0; i < 500; i++) {
                assertEquals(i, received.poll(20, TimeUnit.SECONDS));
                assertEquals("event:t.x", seen.poll(20, TimeUnit.SECONDS).to());
            }
            assertEquals(0, broken.takeDropped());
        }
    }

    @Test
    void theOperatorAsksForLinesUntilItIsEnough() throws Exception {
        String id = await(ask("messages", "watch", new JsonObject().put("pattern", "t.*")))
                .getString("watch");
        JsonObject next = new JsonObject().put("watch", id).put("waitMillis", 10_000);
        Future<JsonObject> waiting = ask("messages", "next", next);
        kernel.events().publish("t.x", 1);
        JsonArray lines = await(waiting).getJsonArray("lines");
        assertEquals(1, lines.size());
        assertEquals("event:t.x", lines.getJsonObject(0).getString("to"));
        assertEquals(
                0,
                await(ask("messages", "next", next.copy().put("waitMillis", 1)))
                        .getJsonArray("lines")
                        .size());
        Future<JsonObject> last = ask("messages", "next", next);
        await(ask("messages", "unwatch", next));
        assertEquals(0, await(last).getJsonArray("lines").size(), "whoever waits is told at once");
        PluginException gone = failure(ask("messages", "next", next));
        assertEquals("DP-0454", gone.code());
    }

    @Test
    void nobodyButTheOperatorSeesThem() {
        Future<JsonObject> asked = kernel.control().invoke(Caller.user("ann"), "messages", "watch", new JsonObject());
        assertEquals("DP-0501", failure(asked).code());
    }

    @Test
    void badPatternsAndKindsAreRefused() {
        for (JsonObject bad : Set.of(
                new JsonObject().put("pattern", ""),
                new JsonObject().put("pattern", "*a".repeat(20)),
                new JsonObject().put("kinds", "gossip"),
                new JsonObject().put("oneOf", 0))) {
            PluginException refused = failure(ask("messages", "watch", bad));
            assertEquals("DP-0450", refused.code(), bad::encode);
        }
    }

    @Test
    void aDeadLetterIsReplayedByTheOperator() throws Exception {
        failure(kernel.call("nobody", "greet", null));
        JsonObject letter = await(ask("dead", "list", new JsonObject()))
                .getJsonArray("letters")
                .getJsonObject(0);
        JsonObject number = new JsonObject().put("number", letter.getLong("number"));
        assertEquals("plugin:nobody:greet", await(ask("dead", "show", number)).getString("to"));
        failure(ask("dead", "replay", number));
        JsonObject again = await(ask("dead", "list", new JsonObject()))
                .getJsonArray("letters")
                .getJsonObject(0);
        assertEquals(letter.getString("id"), again.getString("cause"));
        assertTrue(again.getString("id").endsWith("-replay"));
        assertEquals(1, await(ask("dead", "drop", new JsonObject())).getInteger("dropped"));
    }
}
