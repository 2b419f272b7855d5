package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.logging.LogLines;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A kernel becomes what is asked of it, and stays so. */
final class DesiredStateTest extends KernelTest {

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(100), Duration.ofMillis(200));
    }

    private static PluginJar unit() {
        return PluginJar.of("unit")
                .permission("event-publish:unit.*")
                .capability("unit", "return Future.succeededFuture(context.config().getString(\"unit\"));");
    }

    private static DesiredState desired(JsonObject unit) {
        return DesiredState.fromJson(new JsonObject().put("unit", unit));
    }

    @Test
    void bringsReconfiguresAndTakesAway() throws Exception {
        JsonObject wanted = new JsonObject()
                .put("source", unit().in(folder).toString())
                .put("grants", new JsonArray().add("event-publish:unit.*"))
                .put("config", new JsonObject().put("unit", "m"));
        await(kernel.apply(desired(wanted)));
        assertEquals("m", await(kernel.<String>call("unit", "unit", null)));
        assertTrue(kernel.grants().check(new PluginId("unit"), "event-publish:unit.a"));

        await(kernel.apply(desired(wanted.copy().put("config", new JsonObject().put("unit", "km")))));
        assertEquals("km", await(kernel.<String>call("unit", "unit", null)));

        await(kernel.apply(DesiredState.NOTHING));
        assertTrue(kernel.plugin("unit").isEmpty());
        assertTrue(kernel.grants().grants(Caller.plugin(new PluginId("unit"))).isEmpty());
    }

    @Test
    void oneThatCannotBeBroughtStopsNoOtherAndComesWhenItCan() throws Exception {
        Path late = folder.resolve("late.jar");
        DesiredState desired = DesiredState.fromJson(new JsonObject()
                .put("late", new JsonObject().put("source", late.toString()))
                .put("unit", new JsonObject().put("source", unit().in(folder).toString())));
        await(kernel.apply(desired));
        assertEquals(PluginState.RUNNING, state("unit"));
        assertTrue(kernel.plugin("late").isEmpty());
        Files.move(PluginJar.of("late").in(folder), late);
        soon().until(() -> kernel.plugin("late").isPresent());
        awaitState("late", PluginState.RUNNING);
    }

    @Test
    void whatTheOperatorStoppedStaysStoppedUntilSomethingChanges() throws Exception {
        JsonObject wanted = new JsonObject().put("source", unit().in(folder).toString());
        await(kernel.apply(desired(wanted)));
        await(kernel.stop("unit"));
        await(kernel.apply(desired(wanted)));
        assertEquals(PluginState.STOPPED, state("unit"));
        assertEquals(1, Collections.frequency(notes(), "unit:start"));
        await(kernel.start("unit"));
        assertEquals(PluginState.RUNNING, state("unit"));
    }

    /** By the life cycle, which is the one to know why; who wanted it does not tell it again. */
    @Test
    void aConfigurationThatIsRefusedIsToldOnce() throws Exception {
        PluginJar picky = unit().alsoImplements("Configurable")
                .does("configure", "return Future.failedFuture(new IllegalStateException(\"not today\"));");
        JsonObject wanted = new JsonObject().put("source", picky.in(folder).toString());
        await(kernel.apply(desired(wanted)));
        try (LogLines log = new LogLines("io.dataprism")) {
            await(kernel.apply(desired(wanted.copy().put("config", new JsonObject().put("unit", "km")))));
            List<String> told = log.seen().stream()
                    .filter(line -> line.contains("not today"))
                    .toList();
            assertEquals(1, told.size(), told.toString());
            assertTrue(told.get(0).startsWith("plugin unit: DP-0825 "), told.toString());
        }
    }

    @Test
    void plansWithoutDoing() throws Exception {
        JsonObject plugins = new JsonObject().put("unit", new JsonObject().put("source", "unit.jar"));
        JsonObject plan = await(
                kernel.control().invoke(Caller.OPERATOR, "desired", "plan", new JsonObject().put("plugins", plugins)));
        assertEquals(
                "install unit from unit.jar",
                plan.getJsonArray("steps").getJsonObject(0).getString("step"));
        assertTrue(kernel.plugins().isEmpty());
    }

    private JsonObject control(String verb, String plugin) throws Exception {
        return await(kernel.control().invoke(Caller.OPERATOR, "plugins", verb, new JsonObject().put("id", plugin)));
    }

    @Test
    void aStopSaysWhatGoesDownWithItAndWhatTheConfigurationWants() throws Exception {
        await(kernel.apply(
                desired(new JsonObject().put("source", unit().in(folder).toString()))));
        load(PluginJar.of("middle").dependsOn("unit", "^1"));
        load(PluginJar.of("top").dependsOn("middle", "^1"));
        JsonObject stopped = control("stop", "unit");
        assertEquals("stopped", stopped.getString("state"));
        assertEquals(new JsonArray().add("middle").add("top"), stopped.getJsonArray("alsoStopped"));
        assertEquals(true, stopped.getBoolean("wanted"));
        assertEquals(
                new JsonArray()
                        .add("Stopped with it: middle, top. They start again when it does.")
                        .add("The configuration wants 'unit'. It stays stopped until it is started by hand, its section"
                                + " changes, or the node starts anew; set 'enabled: false' there to keep it stopped."),
                stopped.getJsonArray("notes"));
        JsonObject byHand = control("stop", "top");
        assertEquals(new JsonArray(), byHand.getJsonArray("notes"));
        assertEquals(false, byHand.getBoolean("wanted"));
    }

    @Test
    void aRemovalSaysThatTheConfigurationBringsItBack() throws Exception {
        String source = unit().in(folder).toString();
        await(kernel.apply(desired(new JsonObject().put("source", source))));
        JsonObject removed = control("remove", "unit");
        assertEquals(true, removed.getBoolean("comesBack"));
        assertEquals(
                new JsonArray()
                        .add("The configuration wants 'unit': it is installed again from " + source
                                + " at the next pass. Take its section out of the configuration to be rid of it."),
                removed.getJsonArray("notes"));
        soon().until(() -> kernel.plugin("unit").isPresent());
        awaitState("unit", PluginState.RUNNING);
    }
}
