package io.dataprism.faults.plugin;

import io.dataprism.api.Call;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Goes wrong in the way that it is asked to. */
public final class Troubled implements Plugin {
    /** In which ways it can. */
    public enum Trouble {
        CRASH,
        FAIL,
        NEVER_ANSWER,
        COMPUTE,
        SPIN,
        BLOCK,
        ALLOCATE,
        TIMERS,
        SUBSCRIBE,
        FLOOD,
        LOG
    }

    private static final long WHILE_NANOS = 300_000_000;
    private static final int MANY = 200;

    private PluginContext context;
    private final AtomicLong counted = new AtomicLong();

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("go-wrong", this::goWrong);
    }

    private Future<JsonObject> goWrong(Call call) {
        Trouble trouble = Trouble.valueOf(call.json().getString("how"));
        switch (trouble) {
            case CRASH -> context.fail(new IllegalStateException("it crashed"));
            case FAIL -> throw new IllegalStateException("it failed");
            case NEVER_ANSWER -> {
                return context.<JsonObject>promise().future();
            }
            case COMPUTE -> compute();
            case SPIN -> spin();
            case BLOCK -> context.blocking(() -> new CountDownLatch(1).await(1, TimeUnit.HOURS));
            case ALLOCATE -> context.memory().allocate(1 << 20);
            case TIMERS -> timers();
            case SUBSCRIBE -> context.events().subscribe("trouble.*", event -> compute());
            case FLOOD -> flood();
            case LOG -> log();
        }
        return Future.succeededFuture(new JsonObject());
    }

    private void compute() {
        long began = System.nanoTime();
        while (System.nanoTime() - began < WHILE_NANOS) {
            counted.incrementAndGet();
        }
    }

    @SuppressWarnings({"InfiniteLoopStatement", "EmptyCatch"}) // that is what it is for
    private void spin() {
        while (true) {
            try {
                counted.incrementAndGet();
            } catch (Throwable t) {
                // Goes on whatever happens
            }
        }
    }

    private void timers() {
        for (int i = 0; i < MANY; i++) {
            context.timers().every(Duration.ofMillis(20), () -> counted.incrementAndGet());
        }
    }

    private void flood() {
        for (int i = 0; i < MANY; i++) {
            context.events().publish("trouble.flood", new JsonObject().put("number", i));
        }
    }

    private void log() {
        for (int i = 0; i < MANY; i++) {
            context.log().warn("trouble " + i);
        }
    }
}
