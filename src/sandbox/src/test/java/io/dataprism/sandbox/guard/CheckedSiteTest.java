package io.dataprism.sandbox.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.sandbox.PluginClassLoader;
import io.dataprism.testjars.CompiledJar;
import java.lang.invoke.SwitchPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a call site remembers of its answers, in a real jar's class, and when it forgets. */
class CheckedSiteTest {
    @TempDir
    Path folder;

    private final Set<String> granted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Optional<SwitchPoint> lasting = Optional.of(new SwitchPoint());
    private PluginClassLoader loader;

    private final CallGuard guard = new CallGuard() {
        @Override
        public boolean mayCall(String permission, String scope) {
            asked.incrementAndGet();
            return granted.contains(permission + ":" + scope);
        }

        @Override
        public Optional<SwitchPoint> lasting() {
            return lasting;
        }
    };

    @BeforeEach
    void load() throws Exception {
        Path jar = new CompiledJar()
                .source("package app; public class Property implements java.util.function.Function<Object, Object> {"
                        + " public Object apply(Object it) { return System.getProperty((String) it); } }")
                .source("package app; public class Read implements java.util.function.Function<Object, Object> {"
                        + " public Object apply(Object it) { return new java.io.File((String) it).exists(); } }")
                .source("package app; public class Port implements java.util.function.Function<Object, Object> {"
                        + " public Object apply(Object it) {"
                        + " try (java.net.ServerSocket open = new java.net.ServerSocket((Integer) it)) { return 1; }"
                        + " catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); } } }")
                .build(folder.resolve("app.jar"));
        loader = PluginClassLoader.builder("app 1.0")
                .classPath(List.of(jar))
                .guard(guard)
                .build();
    }

    @AfterEach
    void close() throws Exception {
        loader.close();
    }

    @SuppressWarnings("unchecked")
    private Function<Object, Object> app(String name) throws Exception {
        return (Function<Object, Object>)
                loader.loadClass("app." + name).getConstructor().newInstance();
    }

    /** Take back what was granted, as the kernel does: first it is refused, then what rests on it is forgotten. */
    private void revoke(String grant) {
        granted.remove(grant);
        SwitchPoint over = lasting.get();
        lasting = Optional.of(new SwitchPoint());
        SwitchPoint.invalidateAll(new SwitchPoint[] {over});
    }

    @Test
    void theSameTextIsAskedForOnceUntilTheGrantsChange() throws Exception {
        granted.add("system-properties:read:java.home");
        Function<Object, Object> app = app("Property");
        for (int i = 0; i < 100; i++) {
            assertEquals(System.getProperty("java.home"), app.apply("java.home"));
        }
        assertEquals(1, asked.get());
        revoke("system-properties:read:java.home");
        assertThrows(SecurityException.class, () -> app.apply("java.home"));
        assertThrows(SecurityException.class, () -> app.apply("java.home"));
        granted.add("system-properties:read:java.home");
        assertEquals(System.getProperty("java.home"), app.apply("java.home"));
    }

    @Test
    void anotherTextIsAnotherQuestion() throws Exception {
        granted.add("system-properties:read:java.home");
        Function<Object, Object> app = app("Property");
        app.apply("java.home");
        assertThrows(SecurityException.class, () -> app.apply("user.home"));
        app.apply("java.home");
        assertThrows(SecurityException.class, () -> app.apply("user.home"));
        assertEquals(3, asked.get(), "a refusal is asked for each time, what was allowed is not");
    }

    @Test
    void aFewAreRememberedAndNoMore() throws Exception {
        Function<Object, Object> app = app("Property");
        try {
            for (int i = 0; i < 1_000; i++) {
                System.setProperty("p" + i, "set");
                granted.add("system-properties:read:p" + i);
            }
            for (int i = 0; i < 2_000; i++) {
                app.apply("p" + i % 1_000);
            }
            assertEquals(2_000, asked.get());
            for (int i = 1_000 - KnownArguments.MOST; i < 1_000; i++) {
                app.apply("p" + i);
            }
            assertEquals(2_000, asked.get());
        } finally {
            for (int i = 0; i < 1_000; i++) {
                System.clearProperty("p" + i);
            }
        }
    }

    /** Whatever is not set is open, and that is no answer for later. */
    @Test
    void thatAPropertyIsNotSetIsNotRemembered() throws Exception {
        Function<Object, Object> app = app("Property");
        assertNull(app.apply("app.unset"));
        assertNull(app.apply("app.unset"));
        System.setProperty("app.unset", "set");
        try {
            assertThrows(SecurityException.class, () -> app.apply("app.unset"));
        } finally {
            System.clearProperty("app.unset");
        }
        assertNull(app.apply("app.unset"));
    }

    @Test
    void aNumberIsRememberedLikeAText() throws Exception {
        granted.add("network-access:listen://*:0");
        Function<Object, Object> app = app("Port");
        app.apply(0);
        app.apply(0);
        assertEquals(1, asked.get());
    }

    @Test
    void aPathIsAskedForEachTimeSinceItMayLeadElsewhere() throws Exception {
        Path real = folder.toRealPath();
        Path open = Files.writeString(real.resolve("open.txt"), "open");
        Path closed = Files.writeString(real.resolve("closed.txt"), "closed");
        Path link = Files.createSymbolicLink(real.resolve("link"), open);
        granted.add("file-access:read:" + link);
        granted.add("file-access:read:" + open);
        Function<Object, Object> app = app("Read");
        assertEquals(true, app.apply(link.toString()));
        Files.delete(link);
        Files.createSymbolicLink(link, closed);
        assertThrows(SecurityException.class, () -> app.apply(link.toString()));
    }

    @Test
    void nothingIsRememberedWhereItCanNotBeToldHowLongItHolds() throws Exception {
        lasting = Optional.empty();
        granted.add("system-properties:read:java.home");
        Function<Object, Object> app = app("Property");
        app.apply("java.home");
        app.apply("java.home");
        assertEquals(2, asked.get());
    }

    /** Three threads call all the time; once a grant is taken back, no call that begins is made. */
    @Test
    void noCallThatBeginsAfterARevokeIsMade() throws Exception {
        String grant = "system-properties:read:java.home";
        Function<Object, Object> app = app("Property");
        AtomicInteger turn = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        AtomicBoolean wrong = new AtomicBoolean();
        Runnable calling = () -> {
            for (int before = turn.get(); before >= 0; before = turn.get()) {
                try {
                    app.apply("java.home");
                } catch (SecurityException refused) {
                    continue;
                }
                made.incrementAndGet();
                if (before % 2 == 0 && turn.get() == before) {
                    wrong.set(true);
                }
            }
        };
        List<Thread> threads = List.of(new Thread(calling), new Thread(calling), new Thread(calling));
        threads.forEach(Thread::start);
        try {
            for (int i = 0; i < 300; i++) {
                turn.incrementAndGet();
                granted.add(grant);
                int before = made.get();
                while (made.get() < before + 10) {
                    Thread.onSpinWait();
                }
                revoke(grant);
                turn.incrementAndGet();
            }
        } finally {
            turn.set(-1);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertEquals(false, wrong.get());
    }
}
