package io.dataprism.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Plugin;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class PluginClassLoaderTest {
    @TempDir
    Path folder;

    private PluginClassLoader loader(String name, Path... classPath) throws Exception {
        return PluginClassLoader.builder(name).classPath(List.of(classPath)).build();
    }

    private Path library(String version) {
        return new CompiledJar()
                .source("package lib; public class Lib implements java.util.function.Supplier<String> {"
                        + " public String get() { return \"" + version + "\"; } }")
                .build(folder.resolve("lib-" + version + ".jar"));
    }

    private Path user(Path library) {
        return new CompiledJar()
                .source("package app; public class App implements java.util.function.Supplier<String> {"
                        + " public String get() { return new lib.Lib().get(); } }")
                .against(library)
                .build(folder.resolve("app.jar"));
    }

    private static String ask(Class<?> type) throws Exception {
        return (String) ((Supplier<?>) type.getDeclaredConstructor().newInstance()).get();
    }

    @Test
    void closesJarsThatAreNotReadAndOpensThemWhenTheyAre() throws Exception {
        Path jar = new CompiledJar()
                .source("package app; public class One {}")
                .source("package app; public class Two {}")
                .file("note.txt", "kept".getBytes(StandardCharsets.UTF_8))
                .build(folder.resolve("app.jar"));
        try (PluginClassLoader loader = loader("a", jar)) {
            loader.loadClass("app.One");
            assertTrue(loader.rest(), "read since");
            assertFalse(loader.rest(), "closed");
            loader.loadClass("app.Two");
            try (InputStream note = loader.getResourceAsStream("note.txt")) {
                assertTrue(loader.rest());
                assertTrue(loader.rest(), "somebody reads");
                assertEquals("kept", new String(note.readAllBytes(), StandardCharsets.UTF_8));
            }
            assertFalse(loader.rest());
            JarURLConnection connection =
                    (JarURLConnection) loader.getResource("note.txt").openConnection();
            JarFile lent = connection.getJarFile();
            loader.rest();
            loader.rest();
            assertEquals(4, lent.getEntry("note.txt").getSize(), "open for whoever has it");
        }
    }

    @Test
    @Timeout(60)
    void whoHoldsTheMonitorOfAJarThatItWasLentHoldsNobodyUp() throws Exception {
        Path jar = new CompiledJar()
                .source("package app; public class One {}")
                .file("note.txt", "kept".getBytes(StandardCharsets.UTF_8))
                .build(folder.resolve("app.jar"));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        JarFile lent;
        try (PluginClassLoader loader = loader("a", jar)) {
            lent = ((JarURLConnection) loader.getResource("note.txt").openConnection()).getJarFile();
            Thread holding = new Thread(() -> hold(lent, held, over));
            holding.start();
            held.await();
            loader.loadClass("app.One");
            loader.rest();
            assertFalse(loader.rest());
        } finally {
            over.countDown();
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("dataprism-closes-app.jar")) {
                thread.join();
            }
        }
        assertThrows(IllegalStateException.class, () -> lent.getEntry("note.txt"));
    }

    private static void hold(Object monitor, CountDownLatch held, CountDownLatch over) {
        synchronized (monitor) {
            held.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void aJarThatWasChangedWhileItRestedIsNotRead() throws Exception {
        Path jar = new CompiledJar()
                .source("package app; public class One {}")
                .source("package app; public class Two {}")
                .build(folder.resolve("app.jar"));
        try (PluginClassLoader loader = loader("a", jar)) {
            loader.loadClass("app.One");
            loader.rest();
            assertFalse(loader.rest());
            Files.write(jar, new byte[] {1}, StandardOpenOption.APPEND);
            ClassNotFoundException failure =
                    assertThrows(ClassNotFoundException.class, () -> loader.loadClass("app.Two"));
            assertTrue(
                    failure.getMessage().contains("it was changed while its plugin is loaded"), failure.getMessage());
        }
    }

    /** Run with classes that an agent would have appended to the JVM's own. */
    static final class BesideAnAgent {
        public static void main(String[] jar) throws Exception {
            try (PluginClassLoader loader = PluginClassLoader.builder("a")
                    .classPath(List.of(Path.of(jar[0])))
                    .build()) {
                System.out.println(ask(loader.loadClass("app.App")));
                System.out.println(loader.loadClass("lib.Lib").getClassLoader());
            }
        }
    }

    @Test
    void seesWhatAnAgentAddedToTheJvm() throws Exception {
        Path library = library("of the agent");
        Path app = user(library);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xbootclasspath/a:" + library,
                        "-cp",
                        System.getProperty("java.class.path"),
                        BesideAnAgent.class.getName(),
                        app.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), said);
        assertEquals(List.of("of the agent", "null"), said.lines().toList());
    }

    @Test
    @DisplayName("Plugin Loader: gives two plugins two versions of one library")
    void givesTwoPluginsTwoVersionsOfOneLibrary() throws Exception {
        Path one = library("1");
        Path two = library("2");
        Path app = user(one);
        try (PluginClassLoader a = loader("a", app, one);
                PluginClassLoader b = loader("b", app, two)) {
            assertEquals("1", ask(a.loadClass("app.App")));
            assertEquals("2", ask(b.loadClass("app.App")));
        }
    }

    @Test
    void leavesJarsWithNativeCodeToALoaderThatOutlivesIt() throws Exception {
        Path library = library("1");
        try (PluginClassLoader kept = loader("kept", library)) {
            Class<?> first;
            try (PluginClassLoader loader = PluginClassLoader.builder("a")
                    .classPath(List.of(user(library)))
                    .nativeCode(kept)
                    .build()) {
                first = loader.loadClass("lib.Lib");
                assertEquals("1", ask(loader.loadClass("app.App")));
                assertSame(loader, loader.loadClass("app.App").getClassLoader());
                assertSame(kept, first.getClassLoader());
                assertTrue(loader.getResource("lib/Lib.class").toString().contains("lib-1.jar"));
                assertEquals(
                        1,
                        Collections.list(loader.getResources("lib/Lib.class")).size());
                assertThrows(ClassNotFoundException.class, () -> kept.loadClass("app.App"));
            }
            try (PluginClassLoader again = PluginClassLoader.builder("a")
                    .classPath(List.of(user(library)))
                    .nativeCode(kept)
                    .build()) {
                assertSame(first, again.loadClass("lib.Lib"));
            }
        }
    }

    @Test
    void sharesTheApiAndTheListedTypesOfVertx() throws Exception {
        try (PluginClassLoader loader = loader("a")) {
            assertSame(Plugin.class, loader.loadClass("io.dataprism.api.Plugin"));
            assertSame(Future.class, loader.loadClass("io.vertx.core.Future"));
            assertSame(JsonObject.class, loader.loadClass("io.vertx.core.json.JsonObject"));
            assertSame(java.sql.Driver.class, loader.loadClass("java.sql.Driver"));
        }
    }

    @Test
    void everyListedTypeExistsAndNoneLeadsToAVertx() throws Exception {
        for (String type : VisibleTypes.STANDARD.types()) {
            assertSame(Class.forName(type), loader("a").loadClass(type));
        }
        for (String hidden :
                List.of("Vertx", "Context", "Verticle", "AbstractVerticle", "impl.VertxImpl", "eventbus.EventBus")) {
            String name = "io.vertx.core." + hidden;
            assertThrows(BlockedClassException.class, () -> loader("a").loadClass(name), name);
        }
    }

    @Test
    void hidesKernelHostAndTheHostsLibraries() throws Exception {
        try (PluginClassLoader loader = loader("a")) {
            for (String hidden : List.of(
                    "io.dataprism.sandbox.PluginClassLoader",
                    "io.netty.channel.Channel",
                    "com.fasterxml.jackson.core.JsonFactory",
                    "org.junit.jupiter.api.Test",
                    getClass().getName())) {
                assertThrows(BlockedClassException.class, () -> loader.loadClass(hidden), hidden);
            }
            // the name of a package, as libraries ask for when they look a name up
            assertThrows(ClassNotFoundException.class, () -> loader.loadClass("io.vertx.core"));
            assertNull(loader.getResource("io/vertx/core/Vertx.class"));
        }
    }

    @Test
    void aBlockedClassFailsWithAReasonInLinkedCode() throws Exception {
        Path jar = new CompiledJar()
                .source("package app; public class App implements java.util.function.Supplier<String> {"
                        + " public String get() { return io.vertx.core.Vertx.vertx().toString(); } }")
                .build(folder.resolve("app.jar"));
        try (PluginClassLoader loader = loader("weather", jar)) {
            NoClassDefFoundError error =
                    assertThrows(NoClassDefFoundError.class, () -> ask(loader.loadClass("app.App")));
            assertEquals(
                    "Plugin 'weather' cannot use class io.vertx.core.Vertx: of Vert.x a plugin sees only values and futures"
                            + " (Future, Promise, Buffer, JsonObject, …). Use the PluginContext's facades instead.",
                    error.getCause().getMessage());
        }
    }

    @Test
    void aPluginsOwnJarDoesNotProvideReservedPackages() throws Exception {
        Path jar = new CompiledJar()
                .source("package io.dataprism.kernel; public class Kernel {}")
                .build(folder.resolve("evil.jar"));
        try (PluginClassLoader loader = loader("a", jar)) {
            assertThrows(BlockedClassException.class, () -> loader.loadClass("io.dataprism.kernel.Kernel"));
        }
    }

    @Test
    void takesExportedPackagesFromTheDependencyAndNothingElseOfIt() throws Exception {
        Path provider = new CompiledJar()
                .source("package spi; public class Shape {}")
                .source("package hidden; public class Secret {}")
                .file("spi/shape.txt", "round")
                .build(folder.resolve("provider.jar"));
        Path shadow =
                new CompiledJar().source("package spi; public class Shape {}").build(folder.resolve("own.jar"));
        try (PluginClassLoader exporting = loader("provider", provider);
                PluginClassLoader importing = PluginClassLoader.builder("user")
                        .classPath(List.of(shadow))
                        .importing(exporting, Set.of("spi"))
                        .build()) {
            assertSame(exporting.loadClass("spi.Shape"), importing.loadClass("spi.Shape"));
            assertThrows(BlockedClassException.class, () -> importing.loadClass("hidden.Secret"));
            assertEquals("round", text(importing.getResource("spi/shape.txt")));
        }
    }

    private static String text(URL url) throws Exception {
        try (InputStream stream = url.openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void findsResourcesOfJarAndLibraries() throws Exception {
        Path one = new CompiledJar().file("x/note.txt", "one").build(folder.resolve("one.jar"));
        Path two = new CompiledJar().file("x/note.txt", "two").build(folder.resolve("two.jar"));
        try (PluginClassLoader loader = loader("a", one, two)) {
            assertEquals("one", text(loader.getResource("x/note.txt")));
            List<URL> all = Collections.list(loader.getResources("x/note.txt"));
            assertEquals(2, all.size());
            assertEquals("two", text(all.get(1)));
            try (InputStream stream = loader.getResourceAsStream("x/note.txt")) {
                assertEquals("one", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            }
            assertNull(loader.getResource("x/other.txt"));
        }
    }

    @Test
    void servesAServiceLoaderInsideThePlugin() throws Exception {
        Path jar = new CompiledJar()
                .source("package app; public class Greeting implements java.util.function.Supplier<String> {"
                        + " public String get() { return \"hello\"; } }")
                .source("package app; public class App implements java.util.function.Supplier<String> {"
                        + " public String get() { for (var s : java.util.ServiceLoader.load("
                        + "java.util.function.Supplier.class, App.class.getClassLoader())) return (String) s.get();"
                        + " return \"none\"; } }")
                .file("META-INF/services/java.util.function.Supplier", "app.Greeting\n")
                .build(folder.resolve("services.jar"));
        try (PluginClassLoader loader = loader("a", jar)) {
            assertEquals("hello", ask(loader.loadClass("app.App")));
        }
    }

    @Test
    void definesPackagesWithTheJarsAttributesAndCodeSource() throws Exception {
        Path jar = new CompiledJar()
                .source("package app; public class App {}")
                .attribute("Implementation-Version", "3.1")
                .attribute("Sealed", "true")
                .build(folder.resolve("sealed.jar"));
        try (PluginClassLoader loader = loader("a", jar)) {
            Class<?> type = loader.loadClass("app.App");
            assertEquals("3.1", type.getPackage().getImplementationVersion());
            assertTrue(type.getPackage().isSealed());
            assertEquals(
                    jar.toUri().toURL(),
                    type.getProtectionDomain().getCodeSource().getLocation());
        }
    }

    @Test
    void keepsASealedPackageInOneJar() throws Exception {
        Path sealed = new CompiledJar()
                .source("package app; public class One {}")
                .attribute("Sealed", "true")
                .build(folder.resolve("sealed.jar"));
        Path other =
                new CompiledJar().source("package app; public class Two {}").build(folder.resolve("other.jar"));
        try (PluginClassLoader loader = loader("a", sealed, other)) {
            loader.loadClass("app.One");
            assertThrows(NoClassDefFoundError.class, () -> loader.loadClass("app.Two"));
        }
    }

    @Test
    void readsAFolderOfClasses() throws Exception {
        Path jar = new CompiledJar()
                .source("package app; public class App implements java.util.function.Supplier<String> {"
                        + " public String get() { return \"from a folder\"; } }")
                .build(folder.resolve("app.jar"));
        Path classes = Files.createDirectory(folder.resolve("unpacked"));
        try (java.util.jar.JarFile file = new java.util.jar.JarFile(jar.toFile())) {
            Files.createDirectory(classes.resolve("app"));
            Files.write(
                    classes.resolve("app/App.class"),
                    file.getInputStream(file.getEntry("app/App.class")).readAllBytes());
        }
        try (PluginClassLoader loader = loader("a", classes)) {
            assertEquals("from a folder", ask(loader.loadClass("app.App")));
            assertNull(loader.getResource("../app.jar"));
        }
    }

    @Test
    void passesEveryClassOfThePluginThroughTheTransform() throws Exception {
        Path jar = library("1");
        List<String> seen = Collections.synchronizedList(new java.util.ArrayList<>());
        try (PluginClassLoader loader = PluginClassLoader.builder("a")
                .classPath(List.of(jar))
                .transform((name, bytes) -> {
                    seen.add(name);
                    return bytes;
                })
                .build()) {
            loader.loadClass("lib.Lib");
            assertEquals(List.of("lib.Lib"), seen);
        }
    }

    @Test
    void loadsFromManyThreadsAtOnce() throws Exception {
        CompiledJar builder = new CompiledJar();
        IntStream.range(0, 50).forEach(i -> builder.source("package many; public class C" + i + " {}"));
        Path jar = builder.build(folder.resolve("many.jar"));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try (PluginClassLoader loader = loader("a", jar)) {
            CyclicBarrier together = new CyclicBarrier(8);
            List<Callable<List<? extends Class<?>>>> readers = Collections.nCopies(8, () -> {
                together.await();
                return IntStream.range(0, 50)
                        .mapToObj(i -> load(loader, "many.C" + i))
                        .toList();
            });
            var results = pool.invokeAll(readers);
            for (var result : results) {
                assertEquals(results.get(0).get(), result.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static Class<?> load(ClassLoader loader, String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closingReleasesTheJarAndRefusesNewClasses() throws Exception {
        Path jar = library("1");
        PluginClassLoader loader = loader("a", jar);
        URL note = loader.getResource("lib/Lib.class");
        loader.close();
        BlockedClassException refused = assertThrows(BlockedClassException.class, () -> loader.loadClass("lib.Lib"));
        assertEquals("Plugin 'a' cannot use class lib.Lib: the plugin was unloaded.", refused.getMessage());
        assertThrows(IOException.class, note::openStream);
        assertEquals(0, openFiles(jar));
    }

    private static long openFiles(Path jar) throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (var open = Files.list(descriptors)) {
            return open.filter(fd -> fd.toFile().exists() && sameFile(fd, jar)).count();
        }
    }

    private static boolean sameFile(Path descriptor, Path jar) {
        try {
            return Files.isSameFile(descriptor, jar);
        } catch (java.io.IOException e) {
            return false;
        }
    }

    @Test
    void namesTheThreadThatHoldsAClosedLoader() throws Exception {
        UnloadWatch watch = new UnloadWatch();
        holdByAThreadAndWatch(watch);
        assertEquals(List.of("a 1.0.0"), collectedSoon(watch));
        assertTrue(watch.waiting().isEmpty());
    }

    private void holdByAThreadAndWatch(UnloadWatch watch) throws Exception {
        PluginClassLoader loader = loader("a", library("1"));
        CountDownLatch end = new CountDownLatch(1);
        Thread holder = new Thread(() -> awaitQuietly(end), "left-behind");
        holder.setContextClassLoader(loader);
        holder.start();
        try {
            loader.close();
            watch.watch("a 1.0.0", loader);
            assertEquals(
                    List.of("thread 'left-behind', whose context class loader it is"),
                    watch.waiting().get(0).holders());
        } finally {
            end.countDown();
            holder.join();
        }
    }

    /** Asked for what holds one plugin's loader, the kernel must not run the code of another one's threads. */
    @Test
    void asksNoObjectOfAPlugin() throws Exception {
        Path jar = new CompiledJar()
                .source(
                        "package app; public class App extends Thread {"
                                + " public final java.util.concurrent.CountDownLatch end = new java.util.concurrent.CountDownLatch(1);"
                                + " public void run() { try { end.await(); } catch (InterruptedException e) { interrupt(); } }"
                                + " public ClassLoader getContextClassLoader() { throw new IllegalStateException(\"asked\"); } }")
                .build(folder.resolve("app.jar"));
        UnloadWatch watch = new UnloadWatch();
        try (PluginClassLoader other = loader("b", jar);
                PluginClassLoader closed = loader("a")) {
            Thread thread = (Thread) other.loadClass("app.App").getConstructor().newInstance();
            thread.start();
            try {
                watch.watch("a 1.0.0", closed);
                assertEquals(List.of(), watch.waiting().get(0).holders());
            } finally {
                thread.interrupt();
                thread.join();
            }
        }
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> collectedSoon(UnloadWatch watch) {
        long end = System.nanoTime() + 20_000_000_000L;
        List<String> names = List.of();
        while (names.isEmpty() && System.nanoTime() < end) {
            System.gc();
            names = watch.collected();
        }
        return names;
    }

    @Test
    @DisplayName("Plugin Loader: modularity: two loaders of one jar share nothing")
    void twoLoadersOfOneJarShareNothing() throws Exception {
        Path jar = library("1");
        try (PluginClassLoader a = loader("a", jar);
                PluginClassLoader b = loader("b", jar)) {
            assertNotSame(a.loadClass("lib.Lib"), b.loadClass("lib.Lib"));
        }
    }
}
