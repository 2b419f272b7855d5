package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a plugin spends its time, seen from outside while it runs. */
final class ProfilerTest extends KernelTest {
    private static final CallOptions PATIENT = CallOptions.within(Duration.ofSeconds(60));

    private CountDownLatch gate = new CountDownLatch(0);

    @BeforeEach
    void close() {
        gate = PluginJar.gate();
    }

    @AfterEach
    void open() {
        gate.countDown();
    }

    private static PluginJar burner(String id) {
        return PluginJar.of(id)
                .members("static double turns; static void burn() { while (!isOpen()) { spin(); } }"
                        + " static void spin() { long end = System.nanoTime() + 1_000_000;"
                        + " while (System.nanoTime() < end) { turns += Math.sqrt(turns); } }")
                .capability("burn", "burn(); return Future.succeededFuture(1);")
                .capability("wait", "return context.blocking(() -> { note(\"waits\"); gate(); return 1; });");
    }

    private Future<JsonObject> profile(String id, int seconds) {
        return kernel.control()
                .invoke(
                        Caller.OPERATOR,
                        "plugins",
                        "profile",
                        new JsonObject().put("id", id).put("seconds", seconds));
    }

    private static List<JsonObject> flat(JsonObject profile) {
        return profile.getJsonArray("flat").stream().map(JsonObject.class::cast).toList();
    }

    @Test
    void oneOfTwoThatComputeIsSeenAndTheOtherIsNot() throws Exception {
        load(burner("hot"));
        load(burner("other"));
        Future<?> both =
                Future.join(kernel.call("hot", "burn", null, PATIENT), kernel.call("other", "burn", null, PATIENT));
        JsonObject profile = await(profile("hot", 1));
        gate.countDown();
        await(both);
        int samples = profile.getInteger("samples");
        assertTrue(samples > 0 && samples <= profile.getInteger("looks"), profile::encode);
        assertEquals(
                samples,
                flat(profile).stream()
                        .filter(line -> line.getString("frame").equals("test.hot.Main.burn"))
                        .findFirst()
                        .orElseThrow()
                        .getInteger("total"));
        assertTrue(
                flat(profile).stream().noneMatch(line -> line.getString("frame").contains("test.other")));
        assertTrue(
                profile.getJsonArray("collapsed").stream()
                        .map(String::valueOf)
                        .allMatch(line ->
                                line.matches("test[.]hot[.]Main[^ ]*;test[.]hot[.]Main[.]burn(;[^ ]+)* [0-9]+")),
                profile::encode);
    }

    @Test
    void blockingWorkThatWaitsIsSeenAsThat() throws Exception {
        load(burner("slow"));
        Future<?> answer = kernel.call("slow", "wait", null, PATIENT);
        soon().until(() -> notes().contains("slow:waits"));
        JsonObject profile = await(profile("slow", 1));
        gate.countDown();
        await(answer);
        JsonObject most = flat(profile).get(0);
        assertEquals("(waiting)", most.getString("frame"));
        assertEquals(profile.getInteger("samples"), most.getInteger("self"));
        assertTrue(
                flat(profile).stream().anyMatch(line -> line.getString("frame").contains("test.slow.Main")));
    }

    @Test
    void whoRestsIsNotSeenAndAThirdProfileAtOnceIsRefused() throws Exception {
        load(burner("calm"));
        Future<JsonObject> one = profile("calm", 1);
        Future<JsonObject> two = profile("calm", 1);
        assertEquals("DP-1032", failure(profile("calm", 1)).code());
        assertEquals(0, await(one).getInteger("samples"));
        await(two);
        assertEquals("DP-0804", failure(profile("calm", 61)).code());
        Future<JsonObject> cutShort = profile("calm", 60);
        await(closed());
        assertTrue(await(cutShort).getLong("tookMillis") < 30_000);
    }
}
