package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A plugin with work under way is not idle, wherever that work is. Once it is done, the plugin is stopped. */
final class IdleStopTest extends KernelTest {
    private static final String ANSWER = "dataprism.test.answer";
    /** Checks that together take several times as long as {@code idleStop}. */
    private static final int MANY_CHECKS = 30;

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(20), Duration.ofSeconds(5));
    }

    private static PluginJar lazy(String work) {
        return PluginJar.of("lazy")
                .yaml("activation: {onCapability: [work], idleStop: 100ms}")
                .capability("work", work);
    }

    private void staysWhileItWorks() throws Exception {
        awaitState("lazy", PluginState.RUNNING);
        AtomicInteger checks = new AtomicInteger();
        await(kernel.events().subscribe("kernel.check", check -> checks.incrementAndGet()));
        soon().until(() -> checks.get() >= MANY_CHECKS);
        assertEquals(PluginState.RUNNING, state("lazy"));
    }

    private void goesWhenItIsDone() {
        awaitState("lazy", PluginState.INSTALLED);
    }

    @Test
    void blockingWorkThatACallWaitsFor() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        install(lazy("return context.blocking(() -> { gate(); return \"done\"; });"));
        Future<String> called = kernel.call("lazy", "work", null);
        staysWhileItWorks();
        gate.countDown();
        assertEquals("done", await(called));
        goesWhenItIsDone();
    }

    @Test
    void blockingWorkThatNobodyWaitsFor() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        install(lazy("context.blocking(() -> { gate(); return null; }); return Future.succeededFuture(\"begun\");"));
        assertEquals("begun", await(kernel.<String>call("lazy", "work", null)));
        staysWhileItWorks();
        gate.countDown();
        goesWhenItIsDone();
    }

    @Test
    @SuppressWarnings("unchecked")
    void anAnswerThatItOwes() throws Exception {
        install(lazy("Promise<String> answer = context.promise(); System.getProperties().put(\"" + ANSWER
                + "\", answer); return answer.future();"));
        Future<String> called = kernel.call("lazy", "work", null);
        staysWhileItWorks();
        ((Promise<String>) System.getProperties().remove(ANSWER)).complete("done");
        assertEquals("done", await(called));
        goesWhenItIsDone();
    }

    @Test
    void anAnswerThatItWaitsFor() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        load(PluginJar.of("slow").capability("wait", "return context.blocking(() -> { gate(); return null; });"));
        install(lazy("context.calls().call(\"slow\", \"wait\", null);" + "return Future.succeededFuture(\"asked\");")
                .permission("call:slow:wait"));
        kernel.grants().grant(new PluginId("lazy"), "call:slow:wait", "test", "");
        assertEquals("asked", await(kernel.<String>call("lazy", "work", null)));
        staysWhileItWorks();
        gate.countDown();
        goesWhenItIsDone();
    }

    @Test
    @SuppressWarnings("unchecked")
    void aTask() throws Exception {
        install(lazy("context.tasks().start(\"long\", control -> { Promise<String> end = context.promise();"
                + "System.getProperties().put(\"" + ANSWER + "\", end); return end.future(); });"
                + "return Future.succeededFuture(\"begun\");"));
        assertEquals("begun", await(kernel.<String>call("lazy", "work", null)));
        staysWhileItWorks();
        ((Promise<String>) System.getProperties().remove(ANSWER)).complete("done");
        goesWhenItIsDone();
    }

    @Test
    void aRequestToTheOutside() throws Exception {
        Promise<HttpServerRequest> asked = Promise.promise();
        HttpServer server = await(
                vertx.createHttpServer().requestHandler(asked::tryComplete).listen(0, "localhost"));
        String url = "http://localhost:" + server.actualPort();
        install(lazy("context.http().get(\"" + url + "/\"); return Future.succeededFuture(\"asked\");")
                .permission("network-access:" + url));
        kernel.grants().grant(new PluginId("lazy"), "network-access:" + url, "test", "");
        assertEquals("asked", await(kernel.<String>call("lazy", "work", null)));
        HttpServerRequest request = await(asked.future());
        staysWhileItWorks();
        request.response().end("late");
        goesWhenItIsDone();
    }
}
