package io.dataprism.kernel.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A plugin spoils what all code of a JVM has in common: interned texts and classes, which are locks, and the threads that others run on next. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SharedStateTest extends KernelTest {
    private static final String HOLDS = """
            static void hold(List<Object> all, int from, Runnable then) throws InterruptedException {
                if (from < all.size()) {
                    synchronized (all.get(from)) { hold(all, from + 1, then); }
                    return;
                }
                then.run();
                gate();
            }
            """;

    private void loaded(PluginJar jar) throws Exception {
        await(kernel.load(
                ArtifactSource.path(HostileObjectsTest.asking(jar).in(folder)),
                LoadOptions.DEFAULT.grants("event-publish", "event-subscribe", "call", "channel", "storage-access")));
    }

    @Test
    void whoHoldsTheLocksOfTextsAndClassesStopsNobody() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        try {
            loaded(Hostile.plugin().members(HOLDS).capability("hold", """
                            List<Object> all = new ArrayList<>(List.of("", "hostile", "victim", "newcomer", "t", "kernel", "host",
                                    "plugin:victim", "event:t", "echo", "storage-access", "DP-0191", "1.0.0", "**"));
                            all.addAll(List.of(Future.class, Promise.class, JsonObject.class,
                                    JsonArray.class, Buffer.class, Plugin.class, PluginContext.class, Capabilities.class,
                                    Caller.class, CallException.class, PluginException.class, PluginId.class, Event.class,
                                    Storage.class, StreamReply.class, FailureKind.class));
                            all.addAll(List.of(Caller.HOST, Caller.OPERATOR, CallOptions.DEFAULT, PublishOptions.DEFAULT,
                                    PublishOptions.RETAINED, Capabilities.none()));
                            all.addAll(List.of(FailureKind.values()));
                            Promise<Object> held = context.promise();
                            Thread thread = new Thread(() -> {
                                try { hold(all, 0, () -> held.complete("held")); } catch (InterruptedException e) { note("ended"); }
                            });
                            thread.setDaemon(true);
                            thread.start();
                            return held.future();
                            """));
            assertEquals("held", await(kernel.call("hostile", "hold", null)));
            Thread naive = new Thread(
                    () -> {
                        synchronized ("kernel".intern()) {
                            PluginJar.notes().add("naive:in");
                        }
                    },
                    "naive");
            naive.start();
            soon().until(() -> naive.getState() == Thread.State.BLOCKED);
            loaded(PluginJar.of("victim")
                    .does("start", """
                            return context.events().subscribe("t", event -> note("heard"))
                                    .compose(done -> context.events().publish("t", 1))
                                    .compose(done -> context.channels().create("talk", Set.of("host")))
                                    .compose(done -> context.storage().put("k", Buffer.buffer("v")));
                            """)
                    .capability("echo", "return context.<Object>blocking(() -> call.body());"));
            assertEquals("x", await(kernel.call("victim", "echo", "x")));
            soon().until(() -> notes().contains("victim:heard"));
            await(kernel.unload("victim"));
            await(kernel.unload("hostile"));
            assertEquals(PluginState.INSTALLED, state("victim"));
            gate.countDown();
            naive.join();
        } finally {
            gate.countDown();
        }
    }

    @Test
    void whatItMakesOfTheThreadsThatRunItMeetsNobodyElse() throws Exception {
        String look = """
                Thread here = Thread.currentThread();
                note(here.getName().startsWith("spoiled") + " " + here.getPriority() + " " + Thread.interrupted() + " "
                        + (here.getContextClassLoader() == getClass().getClassLoader()) + " "
                        + (here.getUncaughtExceptionHandler() instanceof ThreadGroup));
                return Future.succeededFuture();
                """;
        loaded(Hostile.plugin().capability("spoil", """
                Thread here = Thread.currentThread();
                here.setName("spoiled" + here.getName());
                here.setPriority(1);
                here.setContextClassLoader(null);
                here.setUncaughtExceptionHandler((thread, thrown) -> note("caught"));
                here.interrupt();
                note("spoiled");
                return Future.succeededFuture();
                """));
        loaded(PluginJar.of("victim").capability("look", look));
        await(kernel.call("victim", "look", null));
        Set<String> before = seen();
        for (int i = 0; i < 200; i++) {
            await(kernel.call("hostile", "spoil", null));
            await(kernel.call("victim", "look", null));
        }
        assertEquals(200, notes().stream().filter("hostile:spoiled"::equals).count());
        assertEquals(before, seen());
    }

    private static Set<String> seen() {
        Set<String> looked = new TreeSet<>();
        notes().stream().filter(note -> note.matches("victim:(true|false) .*")).forEach(looked::add);
        return looked;
    }
}
