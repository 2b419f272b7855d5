package io.dataprism.kernel.process;

import io.dataprism.api.CallOptions;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * How fast a plugin in a process of its own is: its start, a call there and back, messages each way, and what an idle one takes. A program to be run by hand, on a
 * quiet machine: {@code java -cp <test class path> io.dataprism.kernel.process.ProcessSpeed}.
 */
public final class ProcessSpeed {
    private static final int CALLS = 40_000;
    private static final int MESSAGES = 1_000_000;
    private static final int AT_ONCE = 256;

    private ProcessSpeed() {}

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    /** Prints a line for each figure. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("dataprism-speed");
        Vertx vertx = Vertx.vertx();
        Kernel kernel = await(Kernel.create(
                vertx,
                KernelOptions.DEFAULT.withResources(
                        KernelOptions.DEFAULT.resources().withMaxCpuPerPlugin(800))));
        try {
            measure(kernel, folder, args.length == 0 ? "process" : args[0]);
        } finally {
            await(kernel.close(Duration.ofSeconds(10)));
            await(vertx.close());
        }
    }

    private static void measure(Kernel kernel, Path folder, String isolation) throws Exception {
        kernel.grants().grant(new PluginId("fast"), "event-publish:out", "", "");
        kernel.grants().grant(new PluginId("fast"), "event-subscribe:in", "", "");
        kernel.grants().grant(new PluginId("near"), "call:fast:*", "", "");
        await(kernel.load(
                ArtifactSource.path(PluginJar.of("near")
                        .permission("call:fast:*")
                        .members("""
                            Future<Object> many(int left, long[] took) {
                                long begun = System.nanoTime();
                                return context.calls().call("fast", "echo", "hello").compose(answer -> {
                                    took[took.length - left] = System.nanoTime() - begun;
                                    if (left > 1) { context.execute(() -> many(left - 1, took).onComplete(end)); return Future.succeededFuture(); }
                                    java.util.Arrays.sort(took);
                                    done.complete("p50 " + took[took.length / 2] / 1000.0 + " us, p99 " + took[took.length * 99 / 100] / 1000.0 + " us");
                                    return Future.succeededFuture();
                                });
                            }
                            Handler<AsyncResult<Object>> end = e -> {};
                            Promise<Object> done;
                            """)
                        .capability(
                                "calls",
                                "done = context.promise(); many((Integer) call.body(), new long[(Integer)"
                                        + " call.body()]); return done.future();")
                        .in(folder)),
                LoadOptions.DEFAULT));
        for (int i = 0; i < 5; i++) {
            load(kernel, folder, isolation);
        }
        System.out.println(
                "idle: " + pss(await(kernel.<Number>call("fast", "pid", null)).longValue()));
        for (int i = 0; i < 4; i++) {
            System.out.println("call by a plugin: "
                    + await(kernel.<String>call("near", "calls", CALLS, CallOptions.within(Duration.ofSeconds(60)))));
        }
        for (int i = 0; i < 4; i++) {
            flood(kernel);
            calls(kernel);
            out(kernel);
        }
    }

    private static void load(Kernel kernel, Path folder, String isolation) throws Exception {
        if (kernel.plugin("fast").isPresent()) {
            await(kernel.unload("fast"));
            long begun = System.nanoTime();
            await(kernel.load("fast"));
            System.out.println("start: " + (System.nanoTime() - begun) / 1_000_000 + " ms");
            return;
        }
        await(kernel.load(
                ArtifactSource.path(PluginJar.of("fast")
                        .yaml("isolation: " + isolation)
                        .permission("event-publish:out")
                        .permission("event-subscribe:in")
                        .members("long seen;")
                        .does("initialize", "return context.events().subscribe(\"in\", e -> seen++).mapEmpty();")
                        .capability("echo", "return Future.succeededFuture(call.body());")
                        .capability("seen", "long was = seen; seen = 0; return Future.succeededFuture(was);")
                        .capability("pid", "return Future.succeededFuture(ProcessHandle.current().pid());")
                        .capability("out", """
                            int[] left = {(Integer) call.body()};
                            for (int i = 0; i < 256; i++) next(left);
                            return Future.succeededFuture();
                            } ); } void next(int[] left) { if (left[0]-- > 0) context.events().publish("out", "x").onComplete(d -> { if (d.failed() || d.result().accepted() == 0) left[0]++; next(left); }); }
                            Capabilities unused() { return Capabilities.none().and("unused", call -> { return Future.succeededFuture();
                            """)
                        .in(folder)),
                LoadOptions.DEFAULT));
    }

    private static String pss(long pid) throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:") || line.startsWith("Rss:"))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .toList()
                    .toString();
        }
    }

    private static void print(String what, long begun) {
        System.out.printf("%s: %,.0f/s%n", what, MESSAGES * 1e9 / (System.nanoTime() - begun));
    }

    /** Events into the child, as many at once as it takes. */
    private static void flood(Kernel kernel) throws Exception {
        long begun = System.nanoTime();
        int sent = 0;
        while (sent < MESSAGES) {
            if (await(kernel.events().publish("in", "x")).accepted() == 1) {
                sent++;
            }
            for (int i = 0; i < AT_ONCE && sent < MESSAGES; i++) {
                Future<io.dataprism.api.Publication> one = kernel.events().publish("in", "x");
                if (one.isComplete() && one.result().accepted() == 1) {
                    sent++;
                }
            }
        }
        long seen = 0;
        while (seen < MESSAGES) {
            seen += await(kernel.<Number>call("fast", "seen", null)).longValue();
        }
        print("events into it", begun);
    }

    /** Calls of it, many at once. */
    private static void calls(Kernel kernel) throws Exception {
        long begun = System.nanoTime();
        Future<?>[] open = new Future<?>[AT_ONCE];
        Arrays.fill(open, Future.succeededFuture());
        for (int i = 0; i < MESSAGES / 4; i++) {
            await(open[i % AT_ONCE]);
            open[i % AT_ONCE] = kernel.call("fast", "echo", "x");
        }
        for (Future<?> last : open) {
            await(last);
        }
        System.out.printf("calls, %d at once: %,.0f/s%n", AT_ONCE, MESSAGES / 4 * 1e9 / (System.nanoTime() - begun));
    }

    /** Events that it publishes, with 256 answers open. */
    private static void out(Kernel kernel) throws Exception {
        AtomicLong seen = new AtomicLong();
        var all = new java.util.concurrent.CountDownLatch(1);
        var subscription = await(kernel.events().subscribe("out", event -> {
            if (seen.incrementAndGet() == MESSAGES / 2) {
                all.countDown();
            }
        }));
        long begun = System.nanoTime();
        kernel.call("fast", "out", MESSAGES / 2);
        all.await(60, TimeUnit.SECONDS);
        System.out.printf("events out of it: %,.0f/s%n", MESSAGES / 2 * 1e9 / (System.nanoTime() - begun));
        await(subscription.cancel());
    }
}
