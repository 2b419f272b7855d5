package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.Event;
import io.dataprism.kernel.context.MetricSample;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.StepDeadlines;
import io.dataprism.kernel.messaging.Endpoint;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How the operator sees what waits for a plugin, and what it lost. */
final class PluginLagTest extends KernelTest {
    private static final String PERMISSION = "event-subscribe:work.*";

    @Override
    protected KernelOptions options() {
        StepDeadlines usual = StepDeadlines.DEFAULT;
        Optional<Duration> shortly = Optional.of(Duration.ofMillis(200));
        return KernelOptions.DEFAULT
                .withIntervals(Duration.ofMillis(20), Duration.ofSeconds(5))
                .withSteps(new StepDeadlines(
                        usual.load(),
                        usual.initialize(),
                        usual.start(),
                        shortly,
                        shortly,
                        shortly,
                        Duration.ofSeconds(60)));
    }

    /** A plugin that does not get on with its first event before the gate is open, and takes ten more. */
    private CountDownLatch loadSlow() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        PluginJar jar = PluginJar.of("slow")
                .yaml("limits: {mailbox: {messages: 10}}")
                .permission(PERMISSION)
                .does(
                        "start",
                        "return context.events().subscribe(\"work.*\", event -> {"
                                + " note(event.topic()); while (!isOpen()) { Thread.onSpinWait(); } }).mapEmpty();");
        await(kernel.load(ArtifactSource.path(jar.in(folder)), LoadOptions.DEFAULT.grants(PERMISSION)));
        await(kernel.events().publish("work.first", 1));
        soon().until(() -> notes().contains("slow:work.first"));
        return gate;
    }

    private JsonObject lag() throws Exception {
        return await(kernel.control().invoke(Caller.OPERATOR, "plugins", "lag", new JsonObject().put("id", "slow")));
    }

    private BlockingQueue<Event> subscribe(String topic) throws Exception {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        await(kernel.events().subscribe(topic, events::add));
        return events;
    }

    private static JsonObject next(BlockingQueue<Event> events) throws InterruptedException {
        return (JsonObject) events.poll(20, TimeUnit.SECONDS).body();
    }

    @Test
    void anOperationMetricsAndAnEventTellIt() throws Exception {
        BlockingQueue<Event> changes = subscribe("plugin.slow.lag");
        CountDownLatch gate = loadSlow();
        for (int i = 0; i < 12; i++) {
            await(kernel.events().publish("work.more", i));
        }
        JsonObject slow = lag().getJsonArray("plugins").getJsonObject(0);
        assertEquals("slow", slow.getString("id"));
        assertEquals(10, slow.getInteger("waiting"));
        assertEquals(2, slow.getInteger("refused"));
        assertEquals("topic work.*", slow.getJsonArray("parts").getJsonObject(0).getString("where"));
        assertTrue(kernel.lag().stream().anyMatch(lag -> lag.waiting() == 10));
        MetricSample waiting = kernel.metrics().stream()
                .filter(sample -> sample.name().equals("kernel:waiting_messages"))
                .findFirst()
                .orElseThrow();
        assertEquals(10.0, waiting.reading().toJson().getDouble("value"));
        assertTrue(next(changes).getBoolean("behind"));
        gate.countDown();
        assertEquals(false, next(changes).getBoolean("behind"));
    }

    @Test
    void whatAPluginThatIsCutOffLostIsPublishedAndRemembered() throws Exception {
        BlockingQueue<Event> losses = subscribe("plugin.slow.lost");
        CountDownLatch gate = loadSlow();
        for (int i = 0; i < 7; i++) {
            await(kernel.events().publish("work.more", i));
        }
        kernel.stop("slow");
        JsonObject lost = next(losses);
        gate.countDown();
        assertEquals(7, lost.getInteger("total"));
        assertEquals(
                new JsonObject()
                        .put("kind", "event")
                        .put("where", "topic work.more")
                        .put("from", "host")
                        .put("count", 7L),
                lost.getJsonArray("messages").getJsonObject(0));
        assertEquals(7, lag().getJsonArray("lost").getJsonObject(0).getInteger("total"));
    }

    private JsonObject lag(JsonObject request) throws Exception {
        return await(kernel.control().invoke(Caller.OPERATOR, "plugins", "lag", request));
    }

    @Test
    void theOperationListsHostAndUsersBesideThePlugins() throws Exception {
        load(PluginJar.of("quiet"));
        subscribe("work.*");
        kernel.grants().grant(Caller.user("ada"), Permission.parse(PERMISSION), "test", "");
        Endpoint ada = kernel.endpoint(Caller.user("ada"));
        await(ada.events().subscribe("work.*", event -> {}));
        JsonObject all = lag(new JsonObject());
        assertEquals("quiet", all.getJsonArray("plugins").getJsonObject(0).getString("id"));
        assertEquals(1, all.getJsonArray("plugins").size());
        assertEquals(
                Set.of("host", "user:ada"),
                all.getJsonArray("endpoints").stream()
                        .map(each -> ((JsonObject) each).getString("id"))
                        .collect(Collectors.toSet()));
        JsonObject hers = lag(new JsonObject().put("id", "user:ada"));
        assertEquals(0, hers.getJsonArray("plugins").size());
        assertEquals("user:ada", hers.getJsonArray("endpoints").getJsonObject(0).getString("id"));
        await(ada.close());
        assertTrue(kernel.metrics().stream()
                .allMatch(sample -> sample.plugin().value().equals("quiet")));
    }

    @Test
    void thatAUsersEndpointFallsBehindIsPublished() throws Exception {
        BlockingQueue<Event> changes = subscribe("kernel.lag");
        kernel.grants().grant(Caller.user("ada"), Permission.parse(PERMISSION), "test", "");
        CountDownLatch release = new CountDownLatch(1);
        Endpoint ada = await(onItsOwnThread(() -> kernel.endpoint(Caller.user("ada"))));
        await(ada.events().subscribe("work.*", event -> release.await()));
        int limit = lag(new JsonObject().put("id", "user:ada"))
                .getJsonArray("endpoints")
                .getJsonObject(0)
                .getInteger("limitMessages");
        for (int i = 0; i < limit / 2 + 2; i++) {
            await(kernel.events().publish("work.more", i));
        }
        JsonObject behind = next(changes);
        assertEquals("user:ada", behind.getString("id"));
        assertTrue(behind.getBoolean("behind"));
        release.countDown();
        assertEquals(false, next(changes).getBoolean("behind"));
    }

    /** Made on a context that may be held up. */
    private <T> Future<T> onItsOwnThread(Supplier<T> made) {
        Promise<T> promise = Promise.promise();
        vertx.deployVerticle(
                        new VerticleBase() {
                            @Override
                            public Future<?> start() {
                                promise.complete(made.get());
                                return Future.succeededFuture();
                            }
                        },
                        new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
                .onFailure(promise::tryFail);
        return promise.future();
    }

    @Test
    void whoIsNotThereIsRefused() throws Exception {
        assertEquals(
                "DP-0201",
                failure(kernel.control()
                                .invoke(Caller.OPERATOR, "plugins", "lag", new JsonObject().put("id", "user:eve")))
                        .code());
    }
}
