package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LifecycleTest extends KernelTest {

    private static PluginJar greeter() {
        return PluginJar.of("greeter")
                .capability("greet", "return Future.succeededFuture(\"Hello, \" + call.json().getString(\"name\"));");
    }

    @Test
    void runsAPluginFromItsJarToACallAndBack() throws Exception {
        PluginInfo info = load(greeter());
        assertEquals(PluginState.RUNNING, info.state());
        assertEquals("Hello, Ada", await(kernel.<String>call("greeter", "greet", new JsonObject().put("name", "Ada"))));
        await(kernel.unload("greeter"));
        assertEquals(PluginState.INSTALLED, state("greeter"));
        assertEquals(
                List.of(
                        "greeter:construct",
                        "greeter:initialize",
                        "greeter:capabilities",
                        "greeter:start",
                        "greeter:stop",
                        "greeter:destroy"),
                notes());
    }

    @Test
    void publishesEachTransitionInOrder() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        await(kernel.events().subscribe("plugin.greeter.*", event -> seen.add(event.topic())));
        load(greeter());
        await(kernel.stop("greeter"));
        List<String> expected = List.of("loading", "initialized", "running", "stopping", "stopped");
        soon().untilAsserted(() -> assertEquals(
                expected.stream().map(state -> "plugin.greeter." + state).toList(), List.copyOf(seen)));
    }

    @Test
    void repeatingAnOperationChangesNothing() throws Exception {
        load(greeter());
        await(kernel.load("greeter"));
        await(kernel.start("greeter"));
        await(kernel.stop("greeter"));
        await(kernel.stop("greeter"));
        await(kernel.unload("greeter"));
        await(kernel.unload("greeter"));
        assertEquals(1, Collections.frequency(notes(), "greeter:start"));
        assertEquals(1, Collections.frequency(notes(), "greeter:stop"));
    }

    @Test
    void startsWhatItDependsOnFirstAndStopsItLast() throws Exception {
        install(PluginJar.of("base"));
        install(PluginJar.of("middle").dependsOn("base", "^1"));
        install(PluginJar.of("top").dependsOn("middle", "^1"));
        await(kernel.load("top"));
        assertEquals(List.of("base:start", "middle:start", "top:start"), only("start"));
        await(kernel.stop("base"));
        assertEquals(List.of("top:stop", "middle:stop", "base:stop"), only("stop"));
        assertTrue(kernel.plugin("middle").orElseThrow().waiting().orElseThrow().contains("which was stopped"));
        await(kernel.start("base"));
        awaitState("top", PluginState.RUNNING);
    }

    private static List<String> only(String step) {
        return notes().stream().filter(note -> note.endsWith(":" + step)).toList();
    }

    @Test
    void dependentsRestartWithAReload() throws Exception {
        install(PluginJar.of("base"));
        install(PluginJar.of("top").dependsOn("base", "^1"));
        await(kernel.load("top"));
        PluginJar.notes().clear();
        await(kernel.reload("base"));
        awaitState("top", PluginState.RUNNING);
        soon().until(() -> only("start").size() == 2);
        assertEquals(List.of("top:stop", "base:stop"), only("stop"));
        assertEquals(List.of("base:start", "top:start"), only("start"));
    }

    @Test
    void whySaysWhatWasStoppedAndWhatFailed() throws Exception {
        load(PluginJar.of("base"));
        load(PluginJar.of("top").dependsOn("base", "^1"));
        await(kernel.stop("base"));
        soon().until(() -> kernel.plugin("top").orElseThrow().waiting().isPresent());
        assertEquals(
                List.of(
                        "Plugin 'top' waits: it requires 'base', which was stopped. Start it.",
                        "Plugin 'base' was stopped. Start it: dataprism plugins start base"),
                await(kernel.why("top")).steps());
        install(PluginJar.of("bad").does("start", "throw new IllegalStateException(\"no\");"));
        String failed = failure(kernel.load("bad")).getMessage();
        assertEquals(List.of(failed), await(kernel.why("bad")).steps());
    }

    @Test
    void startsByItselfWhenWhatItLackedAppears() throws Exception {
        install(PluginJar.of("top").dependsOn("base", "^1"));
        PluginException missing = failure(kernel.load("top"));
        assertTrue(missing.getMessage().contains("base"), missing.getMessage());
        assertTrue(kernel.plugin("top").orElseThrow().waiting().isPresent());
        install(PluginJar.of("base"));
        awaitState("top", PluginState.RUNNING);
        assertEquals(PluginState.RUNNING, state("base"));
    }

    @Test
    void anotherPluginThatCannotBeResolvedStopsNobody() throws Exception {
        install(PluginJar.of("lonely").dependsOn("nowhere", "^1"));
        failure(kernel.load("lonely"));
        assertEquals(PluginState.RUNNING, load(greeter()).state());
    }

    @Test
    void usesExportedClassesOfItsDependency() throws Exception {
        PluginJar shapes = PluginJar.of("shapes")
                .with(
                        "package shapes.api; public record Circle(double radius) { public double area() { return 3 * radius * radius; } }")
                .yaml("exports: [shapes.api]");
        java.nio.file.Path jar = shapes.in(folder);
        await(kernel.install(ArtifactSource.path(jar)));
        load(PluginJar.of("painter")
                .dependsOn("shapes", "^1")
                .against(jar)
                .capability("paint", "return Future.succeededFuture(new shapes.api.Circle(2).area());"));
        assertEquals(12.0, await(kernel.<Double>call("painter", "paint", null)));
    }

    @Test
    void reloadsAsANewerArtifact() throws Exception {
        load(greeter());
        PluginJar newer =
                PluginJar.of("greeter").version("1.1.0").capability("greet", "return Future.succeededFuture(\"Hi\");");
        PluginInfo info = await(kernel.reload("greeter", ArtifactSource.path(newer.in(folder))));
        assertEquals("1.1.0", info.version());
        assertEquals("Hi", await(kernel.<String>call("greeter", "greet", null)));
    }

    @Test
    void theOldArtifactComesBackWhenTheNewOneFails() throws Exception {
        load(greeter());
        PluginJar broken =
                PluginJar.of("greeter").version("2.0.0").does("start", "throw new IllegalStateException(\"no\");");
        PluginException failed = failure(kernel.reload("greeter", ArtifactSource.path(broken.in(folder))));
        assertEquals("DP-0824", failed.code());
        assertEquals("1.0.0", kernel.plugin("greeter").orElseThrow().version());
        assertEquals("Hello, Eve", await(kernel.<String>call("greeter", "greet", new JsonObject().put("name", "Eve"))));
    }

    @Test
    void aReloadThatCannotBeResolvedTouchesNothing() throws Exception {
        load(greeter());
        PluginJar needy = PluginJar.of("greeter").version("2.0.0").dependsOn("nowhere", "^1");
        failure(kernel.reload("greeter", ArtifactSource.path(needy.in(folder))));
        assertEquals(PluginState.RUNNING, state("greeter"));
        assertEquals(0, Collections.frequency(notes(), "greeter:stop"));
    }

    @Test
    void takesAConfigurationWhileItRunsOrIsRestarted() throws Exception {
        PluginJar takes = PluginJar.of("takes")
                .alsoImplements("Configurable")
                .capability("unit", "return Future.succeededFuture(context.config().getString(\"unit\"));");
        load(takes);
        await(kernel.configure("takes", new JsonObject().put("unit", "m")));
        assertEquals("m", await(kernel.<String>call("takes", "unit", null)));
        assertEquals(1, Collections.frequency(notes(), "takes:start"));

        PluginJar restarts = PluginJar.of("restarts")
                .capability("unit", "return Future.succeededFuture(context.config().getString(\"unit\"));");
        load(restarts);
        await(kernel.configure("restarts", new JsonObject().put("unit", "km")));
        assertEquals("km", await(kernel.<String>call("restarts", "unit", null)));
        assertEquals(2, Collections.frequency(notes(), "restarts:start"));
    }

    @Test
    void aConfigurationThatBreaksTheSchemaStopsNobody() throws Exception {
        load(PluginJar.of("base").yaml("configSchema: {properties: {port: {type: integer}}}"));
        load(PluginJar.of("top").dependsOn("base", "^1"));
        JsonObject wrong = new JsonObject().put("port", "many");
        assertEquals("DP-0826", failure(kernel.configure("base", wrong)).code());
        assertEquals(List.of(), only("stop"));
        await(kernel.stop("base"));
        assertEquals("DP-0826", failure(kernel.configure("base", wrong)).code());
        await(kernel.configure("base", new JsonObject().put("port", 80)));
        await(kernel.start("base"));
        awaitState("top", PluginState.RUNNING);
    }

    @Test
    void aLazyPluginIsLoadedByItsFirstCallAndStopsWhenIdle() throws Exception {
        install(PluginJar.of("lazy")
                .yaml("activation: {onCapability: [work], idleStop: 1s}")
                .capability("work", "return Future.succeededFuture(\"done\");"));
        assertEquals(List.of(), notes());
        assertEquals("done", await(kernel.<String>call("lazy", "work", null)));
        assertEquals(PluginState.RUNNING, state("lazy"));
        awaitState("lazy", PluginState.INSTALLED);
        assertEquals("done", await(kernel.<String>call("lazy", "work", null)));
        assertEquals(2, Collections.frequency(notes(), "lazy:start"));
    }

    @Test
    void aLazyPluginIsLoadedByItsFirstEventAndGetsIt() throws Exception {
        install(
                PluginJar.of("listener")
                        .yaml("activation: {onEvent: [news.*]}")
                        .permission("event-subscribe:news.*")
                        .does(
                                "initialize",
                                "return context.events().subscribe(\"news.*\", event -> note((String) event.body())).mapEmpty();"));
        kernel.grants().grant(new PluginId("listener"), "event-subscribe:news.*", "test", "");
        await(kernel.events().publish("other.today", "no"));
        await(kernel.events().publish("news.today", "first"));
        soon().until(() -> notes().contains("listener:first"));
        awaitState("listener", PluginState.RUNNING);
    }

    @Test
    void aStoppedPluginIsNotStartedByACall() throws Exception {
        install(PluginJar.of("lazy")
                .yaml("activation: {onCapability: [work]}")
                .capability("work", "return Future.succeededFuture();"));
        await(kernel.load("lazy"));
        await(kernel.stop("lazy"));
        failure(kernel.call("lazy", "work", null));
        assertEquals(PluginState.STOPPED, state("lazy"));
    }

    @Test
    void whoWaitsForAPluginThatIsStoppedIsToldAtOnce() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        install(PluginJar.of("base")
                .does("start", "return context.blocking(() -> { gate(); return null; }).mapEmpty();"));
        install(PluginJar.of("left").dependsOn("base", "^1"));
        install(PluginJar.of("top").dependsOn("left", "^1"));
        Future<?> top = kernel.load("top");
        awaitState("base", PluginState.INITIALIZED);
        await(kernel.stop("left"));
        failure(top);
        assertEquals(PluginState.INITIALIZED, state("base"));
        gate.countDown();
    }

    @Test
    void aStopGoesOnWhenTheLastThatUsesItIsGoneForGood() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        install(PluginJar.of("base"));
        load(PluginJar.of("user")
                .dependsOn("base", "^1")
                .does("stop", "return context.blocking(() -> { gate(); return null; }).mapEmpty();"));
        // Once it is unloaded nothing that is wanted joins the two any more.
        Future<Void> unloaded = kernel.unload("user");
        awaitState("user", PluginState.STOPPING);
        Future<PluginInfo> stopped = kernel.stop("base");
        gate.countDown();
        await(unloaded);
        assertEquals(PluginState.STOPPED, await(stopped).state());
    }

    @Test
    void aStopDoesNotWaitForAStartThatItselfOnlyWaits() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        install(PluginJar.of("base")
                .does("start", "return context.blocking(() -> { gate(); return null; }).mapEmpty();"));
        install(PluginJar.of("lazy")
                .dependsOn("base", "^1")
                .yaml("activation: {onCapability: [work]}")
                .capability("work", "return Future.succeededFuture();"));
        Future<?> called = kernel.call("lazy", "work", null);
        Future<?> loaded = kernel.load("lazy");
        awaitState("base", PluginState.INITIALIZED);
        await(kernel.stop("lazy"));
        assertTrue(failure(loaded).getMessage().contains("it was stopped while it waited"));
        failure(called);
        assertEquals(PluginState.INITIALIZED, state("base"));
        gate.countDown();
        awaitState("base", PluginState.RUNNING);
        assertEquals(0, Collections.frequency(notes(), "lazy:start"));
    }

    @Test
    void survivesAnyInterleavingOfOperations() throws Exception {
        install(PluginJar.of("base"));
        install(PluginJar.of("left").dependsOn("base", "^1"));
        install(PluginJar.of("right").dependsOn("base", "^1"));
        install(PluginJar.of("top").dependsOn("left", "^1").dependsOn("right", "^1"));
        List<String> ids = List.of("base", "left", "right", "top");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String id = ids.get(random.nextInt(4));
            all.add(
                    switch (random.nextInt(5)) {
                        case 0, 1 -> kernel.load(id);
                        case 2 -> kernel.stop(id);
                        case 3 -> kernel.reload(id);
                        default -> kernel.unload(id);
                    });
            if (random.nextInt(10) == 0) {
                await(all.get(random.nextInt(all.size())).otherwiseEmpty());
            }
        }
        for (Future<?> each : all) {
            await(each.otherwiseEmpty());
        }
        for (String id : ids) {
            await(kernel.load(id));
        }
        ids.forEach(id -> awaitState(id, PluginState.RUNNING));
        for (String id : ids) {
            long starts = Collections.frequency(notes(), id + ":start");
            long stops = Collections.frequency(notes(), id + ":stop");
            assertEquals(starts, stops + 1, id + " with seed " + seed);
        }
    }
}
