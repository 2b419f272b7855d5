package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.dataprism.kernel.traffic.Kind;
import io.dataprism.kernel.traffic.WatchOptions;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The kernel as a guest of a Vertx that somebody else owns. */
final class EmbeddingTest extends KernelTest {
    private static PluginJar echo() {
        return PluginJar.of("echo").capability("say", "return Future.succeededFuture(call.json());");
    }

    private Future<Kernel> another(String prefix) {
        return Kernel.create(vertx, KernelOptions.DEFAULT.withNode("other").withAddressPrefix(prefix));
    }

    @Test
    void threeLinesAreEnough() throws Exception {
        Path jar = echo().in(folder);
        JsonObject answer = await(kernel.load(ArtifactSource.path(jar), LoadOptions.DEFAULT)
                .compose(loaded -> kernel.call("echo", "say", new JsonObject().put("hello", "world"))));
        assertEquals("world", answer.getString("hello"));
    }

    @Test
    void futuresCompleteOnTheCallersContext() throws Exception {
        Promise<Boolean> same = Promise.promise();
        install(echo());
        Context mine = vertx.getOrCreateContext();
        mine.runOnContext(go -> kernel.load("echo").onComplete(done -> same.complete(Vertx.currentContext() == mine)));
        assertTrue(await(same.future()));
    }

    @Test
    void aSecondKernelOnOneVertxNeedsAnotherPrefix() throws Exception {
        assertEquals("DP-0407", failure(another("")).code());
        Kernel second = await(another("second:"));
        load(echo());
        assertTrue(second.plugins().isEmpty());
        await(second.close(Duration.ofSeconds(5)));
        Kernel third = await(another("second:"));
        await(third.close(Duration.ofSeconds(5)));
    }

    @Test
    void aSecondKernelOnOneDataFolderIsRefused() throws Exception {
        Path data = folder.resolve("data");
        KernelOptions options = KernelOptions.DEFAULT.withAddressPrefix("a:").withDataFolder(data);
        Kernel first = await(Kernel.create(vertx, options));
        assertEquals(
                "DP-0807",
                failure(Kernel.create(vertx, options.withAddressPrefix("b:"))).code());
        await(first.close(Duration.ofSeconds(5)));
        await(await(Kernel.create(vertx, options.withAddressPrefix("b:"))).close(Duration.ofSeconds(5)));
    }

    @Test
    void aKernelThatCannotBeMadeLeavesNothingBehind() throws Exception {
        Path data = folder.resolve("data");
        KernelOptions options = KernelOptions.DEFAULT.withAddressPrefix("a:").withDataFolder(data);
        Path inTheWay = Files.createDirectories(data.resolve("operator.token"));
        assertEquals("DP-0809", failure(Kernel.create(vertx, options)).code());
        Files.delete(inTheWay);
        await(await(Kernel.create(vertx, options)).close(Duration.ofSeconds(5)));
    }

    @Test
    void theHostsTrafficIsUntouched() throws Exception {
        EventBus bus = vertx.eventBus();
        AtomicInteger received = new AtomicInteger();
        bus.consumer("orders", message -> {
            received.incrementAndGet();
            message.reply("taken");
        });
        load(echo());
        for (int i = 0; i < 100; i++) {
            assertEquals("taken", await(bus.request("orders", i)).body());
        }
        await(kernel.close(Duration.ofSeconds(5)));
        assertEquals("taken", await(bus.request("orders", 0)).body());
        assertEquals(101, received.get());
    }

    @Test
    void closingLeavesNothingOnTheHost() throws Exception {
        Set<String> before = threads();
        load(echo());
        await(kernel.events().subscribe("a.*", event -> {}));
        kernel.endpoint(Caller.user("ada"));
        await(kernel.close(Duration.ofSeconds(5)));
        assertEquals(Set.of(), vertx.deploymentIDs());
        ReplyException nobody = (ReplyException) assertThrows(
                        java.util.concurrent.ExecutionException.class,
                        () -> await(vertx.eventBus().request("kernel:plugins:list", new JsonObject())))
                .getCause();
        assertEquals(io.vertx.core.eventbus.ReplyFailure.NO_HANDLERS, nobody.failureType());
        soon().untilAsserted(() -> assertEquals(
                Set.of(),
                threads().stream()
                        .filter(name -> name.startsWith("dataprism") && !before.contains(name))
                        .collect(Collectors.toSet())));
    }

    /** Not even that of a call which pauses before it is made again. */
    @Test
    void closingLeavesNoTimerOnTheHost() throws Exception {
        load(echo());
        await(kernel.stop("echo"));
        AtomicInteger tries = new AtomicInteger();
        kernel.messages().watch(WatchOptions.ALL.withKinds(Set.of(Kind.CALL)), line -> tries.incrementAndGet());
        kernel.call(
                "echo", "say", null, CallOptions.within(Duration.ofMinutes(5)).retrying(10));
        soon().until(() -> tries.get() >= 8 && timers() > 0); // by now half a second and more passes between two
        await(kernel.close(Duration.ofSeconds(5)));
        assertEquals(0, timers());
    }

    private int timers() throws Exception {
        Field timers = vertx.getClass().getDeclaredField("timeouts");
        timers.setAccessible(true);
        return ((Map<?, ?>) timers.get(vertx)).size();
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }

    @Test
    void closingStopsDependentsFirstAndTwiceIsOnce() throws Exception {
        install(PluginJar.of("base"));
        install(PluginJar.of("top").dependsOn("base", "*"));
        await(kernel.load("top"));
        Future<Void> first = kernel.close(Duration.ofSeconds(5));
        Future<Void> second = kernel.close(Duration.ofSeconds(5));
        await(first);
        await(second);
        assertEquals(
                List.of("top:stop", "top:destroy", "base:stop", "base:destroy"),
                notes().subList(notes().size() - 4, notes().size()));
        assertEquals("DP-0806", failure(kernel.load("top")).code());
    }

    @Test
    void closingTheVertxClosesTheKernelFirst() throws Exception {
        load(echo());
        await(vertx.close());
        assertTrue(notes().contains("echo:stop"));
        assertTrue(notes().contains("echo:destroy"));
        vertx = Vertx.vertx();
        kernel = await(Kernel.create(vertx, KernelOptions.DEFAULT));
    }

    @Test
    void aTemporaryDataFolderGoesWithTheKernel() throws Exception {
        Path data = Path.of(await(kernel.control().invoke(Caller.OPERATOR, "node", "info", new JsonObject()))
                .getString("dataFolder"));
        assertTrue(Files.isDirectory(data));
        await(kernel.close(Duration.ofSeconds(5)));
        assertFalse(Files.exists(data));
    }

    @Test
    void theVerticleIsDeployableByItsNameAndOptionsAlone() throws Exception {
        Path jar = echo().in(folder);
        Path data = folder.resolve("data");
        JsonObject config = new JsonObject()
                .put("node", "by-name")
                .put("addressPrefix", "mine:")
                .put("dataFolder", data.toString())
                .put("plugins", new JsonObject().put("echo", new JsonObject().put("source", jar.toString())));
        String id = await(
                vertx.deployVerticle("io.dataprism.kernel.KernelVerticle", new DeploymentOptions().setConfig(config)));
        DeliveryOptions token =
                new DeliveryOptions().addHeader("operator-token", Files.readString(data.resolve("operator.token")));
        JsonObject list =
                (JsonObject) await(vertx.eventBus().request("mine:kernel:plugins:list", new JsonObject(), token))
                        .body();
        assertEquals(
                PluginState.RUNNING.label(),
                list.getJsonArray("plugins").getJsonObject(0).getString("state"));
        await(vertx.undeploy(id));
        assertTrue(notes().contains("echo:destroy"));
    }

    @Test
    void aVerticleWithAWrongConfigurationLeavesNoKernelBehind() throws Exception {
        Path jar = echo().in(folder);
        JsonObject wanted = new JsonObject()
                .put("Echo", new JsonObject().put("source", jar.toString()))
                .put("text", "a text")
                .put("echo", new JsonObject().put("sorce", "x").put("enabled", "yes"));
        PluginException refused = failure(deploy(wanted));
        assertEquals("DP-0801", refused.code());
        for (String found : List.of("plugins.Echo", "plugins.text", "plugins.echo.sorce", "plugins.echo.enabled")) {
            assertTrue(refused.getMessage().contains("DP-0801 " + found + ": "), refused.getMessage());
        }
        assertEquals("DP-0801", failure(deploy("a text")).code());
        String id = await(deploy(new JsonObject().put("echo", new JsonObject().put("source", jar.toString()))));
        assertTrue(notes().contains("echo:start"));
        await(vertx.undeploy(id));
    }

    private Future<String> deploy(Object plugins) {
        JsonObject config = new JsonObject().put("addressPrefix", "a:").put("plugins", plugins);
        return vertx.deployVerticle("io.dataprism.kernel.KernelVerticle", new DeploymentOptions().setConfig(config));
    }

    @Test
    void nobodyReplacesAnArtifactBySayingThatItIsShipped() throws Exception {
        load(echo().yaml("description: mine"));
        Path other = echo().yaml("description: other").in(folder);
        for (String operation : List.of("install", "reload")) {
            JsonObject body = new JsonObject().put("id", "echo").put("source", "shipped:" + other);
            assertEquals(
                    "DP-0231",
                    failure(kernel.control().invoke(Caller.OPERATOR, "plugins", operation, body))
                            .code());
        }
        JsonObject wanted = new JsonObject()
                .put("plugins", new JsonObject().put("echo", new JsonObject().put("source", "shipped:" + other)));
        await(kernel.control().invoke(Caller.OPERATOR, "desired", "apply", wanted));
        assertEquals("mine", kernel.plugin("echo").orElseThrow().manifest().description());
    }

    @Test
    void theAddressesOfTheOperatorNeedItsToken() {
        ReplyException denied = (ReplyException) assertThrows(
                        java.util.concurrent.ExecutionException.class,
                        () -> await(vertx.eventBus().request("kernel:plugins:list", new JsonObject())))
                .getCause();
        assertEquals(
                "DP-0501",
                new JsonObject(denied.getMessage()).getJsonObject("error").getString("code"));
    }

    @Test
    void nobodyButOperatorAndHostUsesTheControlOperations() throws Exception {
        PluginException denied =
                failure(kernel.control().invoke(Caller.user("eve"), "plugins", "list", new JsonObject()));
        assertEquals("DP-0501", denied.code());
        PluginException unknown =
                failure(kernel.control().invoke(Caller.OPERATOR, "plugins", "burn", new JsonObject()));
        assertEquals("DP-0803", unknown.code());
        PluginException missing =
                failure(kernel.control().invoke(Caller.OPERATOR, "plugins", "start", new JsonObject()));
        assertEquals("DP-0804", missing.code());
        assertTrue(missing.getMessage().contains("'id'"), missing.getMessage());
    }

    @Test
    void listsWhatItPromisesHere() {
        assertTrue(kernel.promises().stream().anyMatch(HostPromise::kept));
        kernel.promises().stream()
                .filter(promise -> !promise.kept())
                .forEach(promise -> assertFalse(promise.reason().isEmpty()));
    }
}
